package org.gantry.plugin.classifierscore;

import java.util.List;
import java.util.stream.DoubleStream;

/** The Inception score, exp(E KL(p(y|x), p(y))) (arXiv:1606.03498, section 4), and a variant. */
final class InceptionScore {

  private InceptionScore() {}

  /** The score of all rows together. A row holds the class probabilities p(y|x) of one image. */
  static double of(List<double[]> rows) {
    return Math.exp(ClassDistribution.meanDivergence(rows, ClassDistribution.mean(rows)));
  }

  /** The mean score of consecutive parts of nearly equal size. Each part has its own p(y). */
  static double ofParts(List<double[]> rows, int parts) {
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      int from = Math.toIntExact((long) rows.size() * part / parts);
      int to = Math.toIntExact((long) rows.size() * (part + 1) / parts);
      sum += of(rows.subList(from, to));
    }
    return sum / parts;
  }

  /**
   * The variant of the energy-based GAN, E KL(p(y), p(y|x))^2 (arXiv:1609.03126, section 4.1): the
   * mean of the squares, as printed. A probability of 0 counts as the smallest positive normal
   * number.
   */
  static double modified(List<double[]> rows) {
    double[] marginal = ClassDistribution.mean(rows);
    double sum = 0;
    for (double[] row : rows) {
      double[] possible = DoubleStream.of(row).map(p -> Math.max(p, Double.MIN_NORMAL)).toArray();
      double divergence = ClassDistribution.divergence(marginal, possible);
      sum += divergence * divergence;
    }
    return sum / rows.size();
  }
}
