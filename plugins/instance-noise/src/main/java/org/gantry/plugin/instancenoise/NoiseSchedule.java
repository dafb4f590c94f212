package org.gantry.plugin.instancenoise;

import org.gantry.graph.Schedule;

/** How the noise falls over a training. */
enum NoiseSchedule {
  /** Not at all. */
  CONSTANT,
  /** In a straight line to zero, and then stays there. */
  LINEAR,
  /** Along half a period of the cosine to zero, and then stays there. */
  COSINE,
  /** By the same factor in every step, down to a final value that is not zero. */
  EXPONENTIAL,
  /** As the discriminator's accuracy asks for, which no schedule knows beforehand. */
  ADAPTIVE;

  /**
   * The standard deviation over a training.
   *
   * @param from at the first step
   * @param to where an exponential fall ends, above 0
   * @param share the share of the training that the fall takes, in (0, 1]
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
