package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One named stream of random numbers. The session that executes the graph positions it. Every draw
 * of a phase differs, and the same step of the same run always draws the same numbers.
 */
@ProviderType
@FunctionalInterface
public interface RandomStream {

  /** The generator of the next draw. */
  RandomGenerator next();

  /** Standard normal noise of float32, which belongs to the manager. */
  default NDArray normal(NDManager manager, Shape shape) {
    RandomGenerator random = next();
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put((float) random.nextGaussian());
          }
        });
  }

  /** Uniform noise of float32 in [0, 1), which belongs to the manager. */
  default NDArray uniform(NDManager manager, Shape shape) {
    RandomGenerator random = next();
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put(random.nextFloat());
          }
        });
  }
}
