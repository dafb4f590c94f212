package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class AutogradTest {

  @Test
  void theGradientOfASumOfCubesIsThreeSquares(NDManager manager) {
    NDArray x = variable(manager, 1, -2, 3);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray y = x.mul(x).mul(x);
      ArrayAssertions.assertClose(
          1e-12, autograd.gradients(manager, y, new NDList(x)).get(0), 3, 12, 27);
    }
  }

  @Test
  void theGradientOfAGradientIsTheSecondDerivative(NDManager manager) {
    NDArray x = variable(manager, 1, -2, 3);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray first = autograd.gradient(x.mul(x).mul(x), x);
      ArrayAssertions.assertClose(1e-12, first, 3, 12, 27);
      ArrayAssertions.assertClose(
          1e-12, autograd.gradients(manager, first, new NDList(x)).get(0), 6, -12, 18);
    }
  }

  @Test
  void thirdDerivativesWork(NDManager manager) {
    NDArray x = variable(manager, 0.7);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray second = autograd.gradient(autograd.gradient(x.sin(), x), x);
      ArrayAssertions.assertClose(
          1e-12, autograd.gradients(manager, second, new NDList(x)).get(0), -Math.cos(0.7));
    }
  }

  @Test
  void theGradientOfAGradientPenaltyEqualsTheClosedForm(NDManager manager) {
    // f(x) = w.x has the gradient w, so (|w| - 1)^2 has the gradient 2 (|w| - 1) w / |w|.
    NDArray w = variable(manager, 3, 4);
    NDArray x = variable(manager, 0.1, 0.2);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray slope = autograd.gradient(x.mul(w), x);
      NDArray penalty = slope.square().sum().sqrt().sub(1).square();
      ArrayAssertions.assertClose(
          1e-12,
          autograd.gradients(manager, penalty, new NDList(w)).get(0),
          2 * 4 * 3 / 5.0,
          2 * 4 * 4 / 5.0);
    }
  }

  @Test
  void aGradientIsInMemoryRowByRow(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(1, 2, 2, 2));
    x.setRequiresGradient(true);
    Kernel anotherOrder =
        Kernel.load(
            manager,
            """
            def forward(self, x: Tensor) -> Tensor:
              return torch.sum(torch.square(torch.contiguous(x, memory_format=2)))
            """);
    Kernel inRows =
        Kernel.load(
            manager,
            """
            def forward(self, x: Tensor) -> Tensor:
              return torch.ones([1]) * int(x.is_contiguous())
            """);
    try (Autograd autograd = new Autograd(manager)) {
      NDList inputs = new NDList(x);
      NDArray y = anotherOrder.call(manager, List.of(x)).get(0);
      NDArray again = anotherOrder.call(manager, List.of(x)).get(0);
      NDArray sum = x.sum().reshape(1);
      List<NDArray> gradients =
          List.of(
              autograd.gradients(manager, y, inputs).get(0),
              autograd
                  .checkedGradients(manager, new NDList(again), inputs, true)
                  .gradients()
                  .get(0),
              autograd
                  .checkedGradients(manager, new NDList(sum), inputs, false)
                  .gradients()
                  .get(0));

      for (NDArray gradient : gradients) {
        assertEquals(1, inRows.call(manager, List.of(gradient)).get(0).getFloat());
      }
    }
  }

  @Test
  void anUnusedInputHasAGradientOfZeros(NDManager manager) {
    NDArray x = variable(manager, 1, 2);
    NDArray idle = variable(manager, 5, 6, 7);
    try (Autograd autograd = new Autograd(manager)) {
      NDList gradients = autograd.gradients(manager, x.mul(2), new NDList(idle, x));
      ArrayAssertions.assertClose(0, gradients.get(0), 0, 0, 0);
      ArrayAssertions.assertClose(0, gradients.get(1), 2, 2);
    }
  }

  @Test
  void gradientsDoNotAccumulateAndBelongToTheGivenManager(NDManager manager) {
    NDArray x = variable(manager, 1, 2);
    try (Autograd autograd = new Autograd(manager)) {
      int before = manager.getManagedArrays().size();
      for (int i = 0; i < 3; i++) {
        try (NDManager step = manager.newSubManager()) {
          NDArray y = step.create(new double[] {1, 1}).mul(x);
          NDArray gradient = autograd.gradients(step, y, new NDList(x)).get(0);
          assertSame(step, gradient.getManager());
          ArrayAssertions.assertClose(0, gradient, 1, 1);
        }
      }
      assertEquals(before, manager.getManagedArrays().size());
    }
  }

  /** Includes gradients with shared memory, as of a sum, and with strides, as of a transpose. */
  @Test
  void examinedGradientsEqualPlainGradients(NDManager manager) {
    NDArray x = floats(manager, 1, -2, 3, 4, 5, 6).reshape(2, 3);
    NDArray y = floats(manager, 0.5f, 2);
    NDArray idle = floats(manager, 7);
    x.setRequiresGradient(true);
    y.setRequiresGradient(true);
    idle.setRequiresGradient(true);
    NDList inputs = new NDList(x, y, idle);
    try (Autograd autograd = new Autograd(manager)) {
      NDList plain = autograd.gradients(manager, value(x, y), inputs);
      for (boolean measured : new boolean[] {false, true}) {
        NDArray other = manager.create(-3f);
        Autograd.CheckedGradients examined =
            autograd.checkedGradients(manager, new NDList(other, value(x, y)), inputs, measured);
        assertEquals(
            List.of(-3f, value(x, y).getFloat()), examined.values(), "measured: " + measured);
        for (int i = 0; i < inputs.size(); i++) {
          assertEquals(plain.get(i), examined.gradients().get(i));
        }
        double norm = 0;
        for (NDArray gradient : plain) {
          norm += gradient.square().sum().getFloat();
        }
        assertEquals(measured ? Math.sqrt(norm) : 0, examined.norm(), 1e-5);
      }
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsFoundAtAnyPosition(NDManager manager) {
    try (Autograd autograd = new Autograd(manager)) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        for (int place = 0; place < 3; place++) {
          NDList inputs = new NDList();
          NDArray total = manager.create(0f);
          for (int i = 0; i < 3; i++) {
            NDArray x = floats(manager, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            x.setRequiresGradient(true);
            inputs.add(x);
            total =
                total.add(
                    x.mul(floats(manager, 1, 1, 1, 1, 1, 1, 1, i == place ? bad : 1, 1)).sum());
          }
          assertFalse(
              Float.isFinite(
                  autograd.checkedGradients(manager, new NDList(total), inputs, false).norm()),
              bad + " in " + place);
        }
        NDArray x = floats(manager, 1, 2);
        x.setRequiresGradient(true);
        // The next examination is independent of the last.
        assertEquals(
            0,
            autograd
                .checkedGradients(manager, new NDList(x.mul(2).sum()), new NDList(x), false)
                .norm());
      }
    }
  }

  private static NDArray value(NDArray x, NDArray y) {
    return x.transpose().sum().add(y.square().sum()).add(x.transpose().mul(x.transpose()).sum());
  }

  private static NDArray floats(NDManager manager, float... values) {
    return manager.create(values);
  }

  @Test
  void onlyRecordedArraysHaveGradients(NDManager manager) {
    NDArray x = variable(manager, 1);
    try (Autograd autograd = new Autograd(manager)) {
      assertTrue(Autograd.setRecording(false));
      NDArray unrecorded = x.mul(2);
      assertFalse(Autograd.setRecording(true));
      assertThrows(
          EngineException.class, () -> autograd.gradients(manager, unrecorded, new NDList(x)));
      ArrayAssertions.assertClose(
          0, autograd.gradients(manager, x.mul(2), new NDList(x)).get(0), 2);
    }
  }

  private static NDArray variable(NDManager manager, double... values) {
    NDArray array = manager.create(values, new Shape(values.length));
    array.setRequiresGradient(true);
    return array;
  }
}
