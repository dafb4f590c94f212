package org.gantry.optimizer;

/** How a learning rate falls to zero over the last share of a training. */
public enum LearningRateDecay {
  /** Not at all. */
  CONSTANT {
    @Override
    double remaining(double done) {
      return 1;
    }
  },
  /** In a straight line. */
  LINEAR {
    @Override
    double remaining(double done) {
      return 1 - done;
    }
  },
  /** Along half a period of the cosine. */
  COSINE {
    @Override
    double remaining(double done) {
      return (1 + Math.cos(Math.PI * done)) / 2;
    }
  };

  /**
   * What the learning rate is multiplied by.
   *
   * @param progress the share of the training that lies behind; beyond 1 counts as 1
   * @param share the last share of the training, over which the rate falls, in (0, 1]
   * @return in [0, 1]
   */
  public double factor(double progress, double share) {
    return remaining(Math.min(1, Math.max(0, (progress - (1 - share)) / share)));
  }

  /** What is left of the rate when this much of the fall is done, in [0, 1]. */
  abstract double remaining(double done);
}
