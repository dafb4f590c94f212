package org.gantry.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.Kernel;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ConvolutionTest {

  /** 1, 2, 3, ... in row-major order. */
  private static final Initializer COUNTING =
      (manager, shape, type) ->
          manager.arange(1, (float) (shape.size() + 1)).toType(type, true).reshape(shape);

  @Test
  void aFilterIsNotFlipped(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new Shape(1, 1, 3, 3));
    LayerTrial trial = trial(manager, new Convolution(1, new FilterWindow(2, 1, 0), false), x);
    ArrayAssertions.assertClose(1e-5, trial.train(x), 37, 47, 67, 77);
  }

  @Test
  void strideAndPaddingPlaceTheFilterOverTheZerosAroundTheImage(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
    LayerTrial trial = trial(manager, new Convolution(1, new FilterWindow(2, 2, 1), false), x);
    ArrayAssertions.assertClose(1e-5, trial.train(x), 4, 6, 6, 4);
  }

  @Test
  void eachFilterHasItsBias(NDManager manager) {
    NDArray x = manager.zeros(new Shape(1, 1, 2, 2));
    Block layer = new Convolution(2, new FilterWindow(2, 1, 0), true);
    layer.setInitializer(COUNTING, Parameter.Type.BIAS);
    ArrayAssertions.assertClose(0, trial(manager, layer, x).train(x), 1, 2);
  }

  /** On some processors, newer instructions than the tests use give about one NaN in a hundred. */
  @Test
  void theGradientForTheImagesIgnoresWhatFreedMemoryContains(NDManager manager) {
    Kernel litter =
        Kernel.load(
            manager,
            """
            def forward(self, value: Tensor) -> Tensor:
              freed: List[Tensor] = []
              for power in range(2, 16):
                freed.append(torch.full([1 << power], float(value)))
                freed.append(torch.full([3 << power], float(value)))
              return value
            """);
    NDArray missing = manager.create(Float.NaN);
    NDArray x = manager.randomNormal(new Shape(16, 8, 16, 16));
    x.setRequiresGradient(true);
    Block layer = new Convolution(3, FilterWindow.same(3), true);
    layer.initialize(manager, DataType.FLOAT32, x.getShape());
    ParameterStore store = new ParameterStore(manager, false);
    boolean recording = Autograd.setRecording(true);
    try (Autograd autograd = new Autograd(manager)) {
      for (int round = 0; round < 300; round++) {
        try (NDManager pass = manager.newSubManager()) {
          litter.call(pass, List.of(missing));
          NDList output = layer.forward(store, new NDList(x), true);
          output.attach(pass);
          litter.call(pass, List.of(missing));
          NDArray squares = output.get(0).square();
          squares.attach(pass);
          NDArray gradient = autograd.gradients(pass, squares, new NDList(x)).get(0);
          assertTrue(Float.isFinite(gradient.sum().getFloat()), "round " + round);
        }
      }
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Test
  void aTransposedConvolutionScattersOnes(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
    Block layer = new TransposedConvolution(1, new FilterWindow(4, 2, 1), 0, false);
    layer.setInitializer(Initializer.ONES, Parameter.Type.WEIGHT);
    layer.initialize(manager, DataType.FLOAT32, x.getShape());
    ArrayAssertions.assertClose(
        1e-5,
        new LayerTrial(layer, manager).train(x),
        1,
        3,
        3,
        2,
        4,
        10,
        10,
        6,
        4,
        10,
        10,
        6,
        3,
        7,
        7,
        4);
  }

  @Test
  void aTransposedConvolutionScattersItsFilterUnflipped(NDManager manager) {
    NDArray x = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
    LayerTrial trial =
        trial(manager, new TransposedConvolution(1, new FilterWindow(4, 2, 1), 0, false), x);
    ArrayAssertions.assertClose(
        1e-4, trial.train(x), 6, 17, 20, 14, 16, 42, 52, 34, 32, 82, 92, 58, 30, 69, 76, 44);
  }

  @Test
  void aTransposedConvolutionIsTheAdjointOfTheConvolutionWithTheSameFilters(NDManager manager) {
    Shape large = new Shape(2, 3, 9, 9);
    Shape small = new Shape(2, 5, 4, 4);
    FilterWindow window = new FilterWindow(5, 2, 1);
    Block down = new Convolution(5, window, false);
    down.setInitializer(new NormalInitializer(1), Parameter.Type.WEIGHT);
    LayerTrial shrink = LayerTrial.of(manager, down, DataType.FLOAT64, large);
    Block up = new TransposedConvolution(3, window, 0, false);
    up.setInitializer((m, shape, type) -> shrink.value("weight"), Parameter.Type.WEIGHT);
    LayerTrial grow = LayerTrial.of(manager, up, DataType.FLOAT64, small);
    NDArray x = manager.randomNormal(0, 1, large, DataType.FLOAT64);
    NDArray y = manager.randomNormal(0, 1, small, DataType.FLOAT64);
    double forth = shrink.train(x).mul(y).sum().toDoubleArray()[0];
    double back = grow.train(y).mul(x).sum().toDoubleArray()[0];
    assertEquals(forth, back, 1e-9 * Math.abs(forth));
  }

  @Test
  void outputPaddingAddsTheRowAndColumnThatAnOddKernelLacks() {
    Block layer = new TransposedConvolution(1, new FilterWindow(5, 2, 2), 1, false);
    assertEquals(
        new Shape(1, 1, 8, 8), layer.getOutputShapes(new Shape[] {new Shape(1, 2, 4, 4)})[0]);
  }

  @Test
  void outputPaddingBeyondTheStrideIsRefused() {
    FilterWindow window = new FilterWindow(4, 2, 1);
    assertThrows(
        IllegalArgumentException.class, () -> new TransposedConvolution(1, window, 2, false));
  }

  @Test
  void theErrorOfAVectorShowsItsShape() {
    Block layer = new Convolution(1, new FilterWindow(3, 1, 0), false);
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> layer.getOutputShapes(new Shape[] {new Shape(8, 100)}));
    assertTrue(refusal.getMessage().contains("(8, 100)"), refusal.getMessage());
  }

  @Test
  void theErrorOfAnImageSmallerThanTheFilterShowsItsShape() {
    Block layer = new Convolution(1, new FilterWindow(5, 1, 0), false);
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> layer.getOutputShapes(new Shape[] {new Shape(1, 1, 4, 4)}));
    assertTrue(refusal.getMessage().contains("(1, 1, 4, 4)"), refusal.getMessage());
  }

  private static LayerTrial trial(NDManager manager, Block layer, NDArray x) {
    layer.setInitializer(COUNTING, Parameter.Type.WEIGHT);
    return LayerTrial.of(manager, layer, x.getDataType(), x.getShape());
  }
}
