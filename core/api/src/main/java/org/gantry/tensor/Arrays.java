package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Ways from Java's memory to the engine's. */
public final class Arrays {

  private Arrays() {}

  /**
   * An array filled by the caller.
   *
   * <p>The array aliases the memory that was filled, which is released when the array is closed:
   * keep it open while views of it, or a gradient that passes through it, are in use. For anything
   * that outlives a training step use {@link #copy}.
   *
   * @param manager owns the result
   * @param filler receives a buffer of exactly the shape's size
   * @return float32
   */
  public static NDArray fill(NDManager manager, Shape shape, Consumer<FloatBuffer> filler) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(shape.size() * Float.BYTES))
            .order(ByteOrder.nativeOrder());
    filler.accept(bytes.asFloatBuffer());
    return manager.create(bytes, shape, DataType.FLOAT32);
  }

  /**
   * An array filled by the caller, in memory of the engine's own.
   *
   * @param manager owns the result
   * @param filler receives a buffer of exactly the shape's size
   * @return float32
   */
  public static NDArray copy(NDManager manager, Shape shape, Consumer<FloatBuffer> filler) {
    try (NDArray source = fill(manager, shape, filler)) {
      return manager.zeros(shape).addi(source);
    }
  }
}
