package org.gantry.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One named stream, positioned by the session that executes the graph. Every draw of a phase
 * differs; the same step of the same run draws the same.
 */
@ProviderType
@FunctionalInterface
public interface RandomStream {

  /** The generator of the next draw. */
  RandomGenerator next();

  /** Standard normal noise of float32, belonging to the manager. */
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

  /** Noise of float32 uniform in [0, 1), belonging to the manager. */
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
