package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.gantry.testkit.Numbers;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ArraysTest {

  @Test
  void theBufferIsReadInRowMajorOrder(NDManager manager) {
    NDArray array = Arrays.fill(manager, new Shape(2, 2), b -> b.put(new float[] {1, 2, 3, 4}));
    assertEquals(new Shape(2, 2), array.getShape());
    assertSame(manager, array.getManager());
    Numbers.assertClose(0, array.get("1, :"), 3, 4);
  }

  @Test
  void aCopyDoesNotSeeWhatBecomesOfTheBuffer(NDManager manager) {
    AtomicReference<FloatBuffer> kept = new AtomicReference<>();
    int before = manager.getManagedArrays().size();
    NDArray array =
        Arrays.copy(
            manager,
            new Shape(2),
            buffer -> {
              kept.set(buffer.duplicate());
              buffer.put(1).put(2);
            });
    kept.get().put(0, 9);
    Numbers.assertClose(0, array, 1, 2);
    assertEquals(before + 1, manager.getManagedArrays().size());
  }

  @Test
  void aFilledArraySeesWhatBecomesOfTheBuffer(NDManager manager) {
    AtomicReference<FloatBuffer> kept = new AtomicReference<>();
    NDArray array =
        Arrays.fill(
            manager,
            new Shape(2),
            buffer -> {
              kept.set(buffer.duplicate());
              buffer.put(1).put(2);
            });
    kept.get().put(0, 9);
    Numbers.assertClose(0, array, 9, 2);
  }

  @Test
  void aCopyMayBeAParameter(NDManager manager) {
    NDArray array = Arrays.copy(manager, new Shape(1), buffer -> buffer.put(3));
    array.setRequiresGradient(true);
    Numbers.assertClose(0, array.mul(2), 6);
  }
}
