package org.gantry.plugin.classifierscore;

import java.util.List;

/** Discrete distributions over classes, as arrays of probabilities. */
final class ClassDistribution {

  private ClassDistribution() {}

  /** The mean of distributions over the same classes. */
  static double[] mean(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    return mean;
  }

  /** The Kullback-Leibler divergence of p from q, the sum of p log(p / q), in nats. */
  static double divergence(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        sum += p[i] * Math.log(p[i] / q[i]);
      }
    }
    return sum;
  }

  /** The mean divergence of distributions from q. */
  static double meanDivergence(List<double[]> rows, double[] q) {
    double sum = 0;
    for (double[] row : rows) {
      sum += divergence(row, q);
    }
    return sum / rows.size();
  }
}
