package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** The way from Java's memory to the engine's. */
public final class FloatArrays {

  /** What a thread keeps for its next array; batches of pictures fit, whole data sets do not. */
  private static final int KEPT_BYTES = 1 << 26;

  /**
   * Where each thread's arrays are filled, before the engine copies them. Memory outside of the
   * heap is given back only when the collector runs, which a training seldom needs: with new memory
   * for every batch, gigabytes of it lie about.
   */
  private static final ThreadLocal<ByteBuffer> KEPT = new ThreadLocal<>();

  private FloatArrays() {}

  /**
   * An array filled by the caller.
   *
   * @param manager owns the result
   * @param filler receives a buffer of exactly the shape's size, to be filled from its beginning to
   *     its end; what it holds before is not defined
   * @return float32, in memory of the engine's own
   * @throws IllegalStateException if the filler leaves values out
   */
  public static NDArray fill(NDManager manager, Shape shape, Consumer<FloatBuffer> filler) {
    int size = Math.toIntExact(shape.size() * Float.BYTES);
    ByteBuffer bytes = taken(size);
    FloatBuffer values = bytes.asFloatBuffer();
    filler.accept(values);
    if (values.hasRemaining()) {
      throw new IllegalStateException(
          "%d of %d values of an array of shape %s were left out"
              .formatted(values.remaining(), shape.size(), shape));
    }
    NDArray array;
    try (NDArray alias = manager.create(bytes, shape, DataType.FLOAT32)) {
      array = alias.duplicate();
    }
    if (bytes.capacity() <= KEPT_BYTES) {
      KEPT.set(bytes.clear());
    }
    return array;
  }

  /** A buffer of that many bytes. A filler may fill an array itself, so nobody else has it. */
  private static ByteBuffer taken(int size) {
    ByteBuffer kept = KEPT.get();
    if (kept == null || kept.capacity() < size) {
      return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
    KEPT.remove();
    return kept.limit(size);
  }
}
