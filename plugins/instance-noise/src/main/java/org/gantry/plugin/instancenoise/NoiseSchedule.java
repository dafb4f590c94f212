package org.gantry.plugin.instancenoise;

import org.gantry.graph.Schedule;

/** How the standard deviation of the noise changes over a training. */
enum NoiseSchedule {
  /** It stays constant. */
  CONSTANT,
  /** It falls linearly to zero and stays there. */
  LINEAR,
  /** It falls along half a cosine to zero and stays there. */
  COSINE,
  /** It falls exponentially to a final value above zero. */
  EXPONENTIAL,
  /** It follows the accuracy of the discriminator. */
  ADAPTIVE;

  /**
   * The standard deviation over a training.
   *
   * @param from the value at the first step
   * @param to the final value of an exponential fall, above 0
   * @param share the share of the training until the end of the fall, in (0, 1]
   */
  Schedule schedule(double from, double to, double share) {
    return (step, steps) -> {
      double done = Math.min(1, step / (share * steps));
      return switch (this) {
        case CONSTANT, ADAPTIVE -> from;
        case LINEAR -> from * (1 - done);
        case COSINE -> from * (1 + Math.cos(Math.PI * done)) / 2;
        case EXPONENTIAL -> from * Math.pow(to / from, done);
      };
    };
  }
}
