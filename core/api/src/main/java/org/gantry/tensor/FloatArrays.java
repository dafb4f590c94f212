package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Creates arrays of the engine from values in Java. */
public final class FloatArrays {

  /** A thread keeps a buffer up to this size; batches of images fit, whole data sets do not. */
  private static final int KEPT_BYTES = 1 << 26;

  /**
   * The buffer in which each thread fills its arrays, before the engine copies them. Memory outside
   * of the heap is freed only when the garbage collector runs, which happens seldom in a training.
   * New memory for every batch would add up to gigabytes.
   */
  private static final ThreadLocal<ByteBuffer> KEPT = new ThreadLocal<>();

  private FloatArrays() {}

  /**
   * Creates an array that the caller fills.
   *
   * @param manager owns the result
   * @param filler gets a buffer of exactly the shape's size, with undefined content, and fills it
   *     from the beginning to the end
   * @return float32, in the engine's own memory
   * @throws IllegalStateException if the filler does not fill the buffer
   */
  public static NDArray fill(NDManager manager, Shape shape, Consumer<FloatBuffer> filler) {
    int size = Math.toIntExact(shape.size() * Float.BYTES);
    ByteBuffer bytes = takeBuffer(size);
    FloatBuffer values = bytes.asFloatBuffer();
    filler.accept(values);
    if (values.hasRemaining()) {
      throw new IllegalStateException(
          "the filler left out %d of %d values of an array of shape %s"
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

  /** Takes the thread's buffer, so that a filler can itself fill an array with another one. */
  private static ByteBuffer takeBuffer(int size) {
    ByteBuffer kept = KEPT.get();
    if (kept == null || kept.capacity() < size) {
      return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
    KEPT.remove();
    return kept.limit(size);
  }
}
