package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class HeldMemoryTest {

  /** Functions with a constant, and their derivatives at 1. */
  private static final Map<UnaryOperator<NDArray>, Float> FUNCTIONS =
      Map.of(x -> x.mul(3f), 3f, x -> x.div(0.25f), 4f, x -> x.pow(5), 5f);

  /**
   * The garbage collector runs between a value and its gradient, and other buffers reuse memory.
   */
  @Test
  void theGradientUsesTheConstantsOfTheValue(NDManager manager) {
    try (Autograd autograd = new Autograd(manager)) {
      FUNCTIONS.forEach(
          (function, derivative) -> {
            for (int i = 0; i < 10; i++) {
              NDArray x = manager.ones(new Shape(4));
              x.setRequiresGradient(true);
              NDArray gradient =
                  HeldMemory.holdWhile(
                      () -> {
                        NDArray y = function.apply(x);
                        collectGarbage();
                        return autograd.gradients(manager, y, new NDList(x)).get(0);
                      });
              assertEquals(derivative, gradient.getFloat(0), 1e-6);
            }
          });
    }
  }

  @Test
  void arraysKeepTheirManagers(NDManager manager) {
    NDArray x = HeldMemory.holdWhile(() -> manager.ones(new Shape(2)).mul(2));

    assertEquals(2, x.getFloat(0));
    assertEquals(manager, x.getManager());
  }

  private static void collectGarbage() {
    System.gc();
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      ByteBuffer other = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
      other.putFloat(9).putFloat(9);
      others.add(other);
    }
    assertEquals(500, others.size());
  }
}
