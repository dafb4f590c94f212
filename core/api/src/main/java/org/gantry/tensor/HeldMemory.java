package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * Holds the Java memory of arrays until their gradients are computed.
 *
 * <p>An array of Java values lies in Java's memory, which Java frees some time after the array is
 * closed. But the engine's record for gradients still uses that memory. For example, {@code
 * x.mul(2)} creates an array for the 2 and closes it at once. If the garbage collector runs before
 * the gradient is computed, the gradient is multiplied by an arbitrary value. This happens seldom,
 * and without an error.
 */
public final class HeldMemory {

  private static final Field REGISTERED = field(NDScope.class, "resources");

  private HeldMemory() {}

  /**
   * Runs work, and holds the memory of all arrays that the calling thread creates meanwhile.
   *
   * @param work computes values and their gradients; arrays in a scope ({@link NDScope}) that it
   *     opens itself are not held
   */
  public static <T> T holdWhile(Supplier<T> work) {
    // DJL registers every new array with the thread's innermost scope.
    BufferHolder buffers = new BufferHolder();
    try (NDScope scope = new NDScope()) {
      REGISTERED.set(scope, buffers);
      return work.get();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    } finally {
      buffers.release();
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this version of DJL has no " + owner + "." + name, e);
    }
  }

  /** A scope's map of arrays that collects their buffers, and never contains an array. */
  private static final class BufferHolder extends IdentityHashMap<NDArray, NDArray> {

    private static final long serialVersionUID = 1L;

    private final transient List<ByteBuffer> held = new ArrayList<>();
    private transient Field buffer;

    @Override
    public NDArray put(NDArray array, NDArray same) {
      try {
        if (buffer == null) {
          buffer = field(array.getClass(), "dataRef");
        }
        ByteBuffer memory = (ByteBuffer) buffer.get(array);
        if (memory != null) {
          held.add(memory);
        }
        return null;
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("the field was made accessible", e);
      }
    }

    /** Keeps the buffers reachable up to this call, whatever the compiler optimizes. */
    void release() {
      held.clear();
    }
  }
}
