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
 * Keeps the memory that arrays borrow from Java until a differentiation is over.
 *
 * <p>An array that is made of Java values lies in Java's memory, which Java frees some time after
 * the array was closed. But the engine's record for gradients goes on using it: {@code x.mul(2)}
 * makes such an array of the 2 and closes it at once, and a collection of garbage before the
 * gradient is computed then multiplies that by whatever lies there instead. It happens seldom, and
 * silently.
 */
public final class HeldMemory {

  private static final Field REGISTERED = field(NDScope.class, "resources");

  private HeldMemory() {}

  /**
   * Does something during which no memory of arrays made by the calling thread is given back.
   *
   * @param work computes values and their gradients; a scope ({@link NDScope}) that it opens itself
   *     is not covered
   */
  public static <T> T holdWhile(Supplier<T> work) {
    // DJL tells the innermost scope of a thread of every array that is made.
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

  /** Takes the buffers of the arrays that it is told of, and never has any array in it. */
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

    /** Also keeps the buffers reachable until here, whatever the compiler makes of the rest. */
    void release() {
      held.clear();
    }
  }
}
