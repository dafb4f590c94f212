package org.gantry.optimizer;

/** How a learning rate decays to zero at the end of a training. */
public enum LearningRateDecay {
  /** The learning rate does not decay. */
  CONSTANT {
    @Override
    double remaining(double done) {
      return 1;
    }
  },
  /** The learning rate decays linearly. */
  LINEAR {
    @Override
    double remaining(double done) {
      return 1 - done;
    }
  },
  /** The learning rate follows half a period of the cosine (arXiv:1608.03983). */
  COSINE {
    @Override
    double remaining(double done) {
      return (1 + Math.cos(Math.PI * done)) / 2;
    }
  };

  /**
   * Returns the factor of the learning rate.
   *
   * @param progress the fraction of the training that is done; values above 1 count as 1
   * @param share the last fraction of the training, in which the learning rate decays, in (0, 1]
   * @return a factor in [0, 1]
   */
  public double factor(double progress, double share) {
    return remaining(Math.min(1, Math.max(0, (progress - (1 - share)) / share)));
  }

  /** Returns the factor when a fraction of the decay is done; both are in [0, 1]. */
  abstract double remaining(double done);
}
