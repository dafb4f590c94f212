package org.gantry.plugin.classifierscore;

import java.util.List;

/**
 * The variants of the MODE score (arXiv:1612.02136, section 3.4) in the literature. Here p(y|x) are
 * the class probabilities of a generated image, p(y) is their mean, and p*(y) is the mean for real
 * images.
 */
enum ModeScore {
  /** exp(E KL(p(y|x), p(y)) - KL(p(y), p*(y))): finite when the generator misses a class. */
  M1(false, false),
  /** exp(E KL(p(y|x), p(y)) - KL(p*(y), p(y))). */
  M2(false, true),
  /** exp(E KL(p(y|x), p*(y)) - KL(p*(y), p(y))). */
  M3(true, true),
  /**
   * exp(E KL(p(y|x), p*(y)) - KL(p(y), p*(y))), the formula as printed. It equals the Inception
   * score, because the divergences of p(y) from p*(y) cancel. So it cannot detect missing classes.
   */
  M4(true, false);

  private final boolean fromReal;
  private final boolean reversed;

  /**
   * Creates a variant.
   *
   * @param fromReal whether the first divergence is from p*(y) instead of p(y)
   * @param reversed whether the second divergence is that of p*(y) from p(y)
   */
  ModeScore(boolean fromReal, boolean reversed) {
    this.fromReal = fromReal;
    this.reversed = reversed;
  }

  /**
   * The score of generated images.
   *
   * @param rows p(y|x) of every image
   * @param real p*(y)
   */
  double of(List<double[]> rows, double[] real) {
    double[] mean = ClassDistribution.mean(rows);
    double quality = ClassDistribution.meanDivergence(rows, fromReal ? real : mean);
    double imbalance =
        reversed
            ? ClassDistribution.divergence(real, mean)
            : ClassDistribution.divergence(mean, real);
    return Math.exp(quality - imbalance);
  }
}
