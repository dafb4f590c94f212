package org.gantry.plugin.classifierscore;

import java.util.List;

/** The Inception score, exp(E KL(p(y|x), p(y))) (arXiv:1606.03498, section 4). */
final class InceptionScore {

  private InceptionScore() {}

  /** Over all rows together, each the class probabilities p(y|x) of one picture. */
  static double of(List<double[]> rows) {
    return Math.exp(Distribution.meanDivergence(rows, Distribution.mean(rows)));
  }

  /** The mean over consecutive parts of nearly equal size, each with a p(y) of its own. */
  static double ofParts(List<double[]> rows, int parts) {
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      int from = Math.toIntExact((long) rows.size() * part / parts);
      int to = Math.toIntExact((long) rows.size() * (part + 1) / parts);
      sum += of(rows.subList(from, to));
    }
    return sum / parts;
  }
}
