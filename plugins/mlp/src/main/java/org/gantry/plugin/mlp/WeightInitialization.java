package org.gantry.plugin.mlp;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;

/** Where weights start; biases start at 0. */
enum WeightInitialization {
  /** Uniform, of variance gain^2 2 / (inputs + outputs). */
  XAVIER,
  /** Normal, of variance gain^2 2 / inputs. */
  HE,
  /** Normal, of a given standard deviation. */
  NORMAL,
  /** Orthonormal rows or columns, times the gain. */
  ORTHOGONAL;

  /**
   * The initializer.
   *
   * @param gain scales the weights, unless they are normal
   * @param deviation the standard deviation, if they are
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
