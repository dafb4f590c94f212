package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class FloatArraysTest {

  @Test
  void theBufferIsReadInRowMajorOrder(NDManager manager) {
    NDArray array =
        FloatArrays.fill(manager, new Shape(2, 2), b -> b.put(new float[] {1, 2, 3, 4}));
    assertEquals(new Shape(2, 2), array.getShape());
    assertSame(manager, array.getManager());
    ArrayAssertions.assertClose(0, array.get("1, :"), 3, 4);
  }

  @Test
  void theArrayDoesNotShareMemoryWithTheBuffer(NDManager manager) {
    AtomicReference<FloatBuffer> kept = new AtomicReference<>();
    int before = manager.getManagedArrays().size();
    NDArray array =
        FloatArrays.fill(
            manager,
            new Shape(2),
            buffer -> {
              kept.set(buffer.duplicate());
              buffer.put(1).put(2);
            });
    kept.get().put(0, 9);
    ArrayAssertions.assertClose(0, array, 1, 2);
    assertEquals(before + 1, manager.getManagedArrays().size());
  }

  @Test
  void arraysDoNotShareMemory(NDManager manager) {
    NDArray large = FloatArrays.fill(manager, new Shape(3), b -> b.put(new float[] {1, 2, 3}));
    NDArray small = FloatArrays.fill(manager, new Shape(1), b -> b.put(4));
    ArrayAssertions.assertClose(0, large, 1, 2, 3);
    ArrayAssertions.assertClose(0, small, 4);
  }

  @Test
  void fillingCanBeNested(NDManager manager) {
    NDArray array =
        FloatArrays.fill(
            manager,
            new Shape(2),
            buffer -> {
              buffer.put(1);
              FloatArrays.fill(manager, new Shape(2), inner -> inner.put(7).put(8));
              buffer.put(2);
            });
    ArrayAssertions.assertClose(0, array, 1, 2);
  }

  @Test
  void anIncompletelyFilledArrayIsRefused(NDManager manager) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> FloatArrays.fill(manager, new Shape(2, 2), buffer -> buffer.put(1)));
    assertEquals(
        "the filler left out 3 of 4 values of an array of shape (2, 2)", refused.getMessage());
  }

  @Test
  void theArrayCanRecordGradients(NDManager manager) {
    NDArray array = FloatArrays.fill(manager, new Shape(1), buffer -> buffer.put(3));
    array.setRequiresGradient(true);
    ArrayAssertions.assertClose(0, array.mul(2), 6);
  }
}
