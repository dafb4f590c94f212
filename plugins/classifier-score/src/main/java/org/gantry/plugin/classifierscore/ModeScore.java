package org.gantry.plugin.classifierscore;

import java.util.List;

/**
 * The readings of the MODE score (arXiv:1612.02136, section 3.4) in use, where p(y|x) are the class
 * probabilities of a generated picture, p(y) is their mean, and p*(y) that of real pictures.
 */
enum ModeScore {
  /** exp(E KL(p(y|x), p(y)) - KL(p(y), p*(y))): finite when the generator misses a class. */
  M1 {
    @Override
    double of(List<double[]> rows, double[] real) {
      double[] mean = ClassDistribution.mean(rows);
      return Math.exp(
          ClassDistribution.meanDivergence(rows, mean) - ClassDistribution.divergence(mean, real));
    }
  },
  /** exp(E KL(p(y|x), p(y)) - KL(p*(y), p(y))). */
  M2 {
    @Override
    double of(List<double[]> rows, double[] real) {
      double[] mean = ClassDistribution.mean(rows);
      return Math.exp(
          ClassDistribution.meanDivergence(rows, mean) - ClassDistribution.divergence(real, mean));
    }
  },
  /** exp(E KL(p(y|x), p*(y)) - KL(p*(y), p(y))). */
  M3 {
    @Override
    double of(List<double[]> rows, double[] real) {
      double[] mean = ClassDistribution.mean(rows);
      return Math.exp(
          ClassDistribution.meanDivergence(rows, real) - ClassDistribution.divergence(real, mean));
    }
  },
  /**
   * exp(E KL(p(y|x), p*(y)) - KL(p(y), p*(y))), the paper's formula by the letter. It is the
   * Inception score under another name, for the divergences of p(y) from p*(y) cancel: it cannot
   * tell that classes are missing.
   */
  M4 {
    @Override
    double of(List<double[]> rows, double[] real) {
      double[] mean = ClassDistribution.mean(rows);
      return Math.exp(
          ClassDistribution.meanDivergence(rows, real) - ClassDistribution.divergence(mean, real));
    }
  };

  /** The score of rows p(y|x) against p*. */
  abstract double of(List<double[]> rows, double[] real);
}
