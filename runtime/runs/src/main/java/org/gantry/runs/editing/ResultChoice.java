package org.gantry.runs.editing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which results of an edit are worth a look (arXiv:1609.03552, the authors' code). */
final class ResultChoice {

  private static final int MOST = 16;
  private static final double WORST = 2;

  private ResultChoice() {}

  /**
   * Returns the indices of the lowest costs, the lowest first: at most 16, without those above
   * twice the mean of the better half.
   *
   * @param costs at least one
   */
  static List<Integer> of(float[] costs) {
    List<Integer> sorted =
        IntStream.range(0, costs.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> costs[i]))
            .toList();
    double limit =
        WORST
            * sorted.stream()
                .limit((costs.length + 1) / 2)
                .mapToDouble(i -> costs[i])
                .average()
                .orElseThrow();
    return IntStream.range(0, Math.min(MOST, sorted.size()))
        .filter(rank -> rank == 0 || costs[sorted.get(rank)] <= limit)
        .mapToObj(sorted::get)
        .toList();
  }

  /**
   * Returns the indices of the pictures that differ from each one before them.
   *
   * @param least the smallest difference, as the root of the mean square
   */
  static List<Integer> distinct(float[][] pictures, double least) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < pictures.length; i++) {
      float[] picture = pictures[i];
      if (kept.stream().noneMatch(k -> difference(pictures[k], picture) < least)) {
        kept.add(i);
      }
    }
    return kept;
  }

  private static double difference(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = one[i] - other[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / one.length);
  }

  /**
   * Returns the weights of results in an average: exp(-(cost - mean) / deviation), scaled to the
   * sum 1.
   */
  static double[] shares(double[] costs) {
    double mean = IntStream.range(0, costs.length).mapToDouble(i -> costs[i]).average().orElse(0);
    double variance =
        IntStream.range(0, costs.length)
            .mapToDouble(i -> (costs[i] - mean) * (costs[i] - mean))
            .average()
            .orElse(0);
    double[] shares = new double[costs.length];
    double sum = 0;
    for (int i = 0; i < costs.length; i++) {
      shares[i] = variance == 0 ? 1 : Math.exp(-(costs[i] - mean) / Math.sqrt(variance));
      sum += shares[i];
    }
    for (int i = 0; i < costs.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
