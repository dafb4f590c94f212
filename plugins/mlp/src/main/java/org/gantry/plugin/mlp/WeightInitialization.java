package org.gantry.plugin.mlp;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;

/** How weights start; biases start at 0. */
enum WeightInitialization {
  /** Uniform with variance gain^2 2 / (inputs + outputs). */
  XAVIER,
  /** Normal with variance gain^2 2 / inputs. */
  HE,
  /** Normal with a given standard deviation. */
  NORMAL,
  /** Orthonormal rows or columns, times the gain. */
  ORTHOGONAL;

  /**
   * The initializer.
   *
   * @param gain a factor on the weights of all rules but NORMAL
   * @param deviation the standard deviation of NORMAL
   */
  Initializer initializer(double gain, double deviation) {
    float square = (float) (gain * gain);
    return switch (this) {
      case XAVIER -> new XavierInitializer(RandomType.UNIFORM, FactorType.AVG, 3 * square);
      case HE -> new XavierInitializer(RandomType.GAUSSIAN, FactorType.IN, 2 * square);
      case NORMAL -> new NormalInitializer((float) deviation);
      case ORTHOGONAL -> new OrthogonalInitializer(gain);
    };
  }
}
