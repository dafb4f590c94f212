package org.gantry.plugin.classifierscore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How samples spread over combinations of classes.
 *
 * @param counts the number of samples of each combination
 */
record ClassCombinations(List<Integer> counts) {

  private static final int CONFIRMED = 3;

  /**
   * Counts samples by the combination of their classes.
   *
   * @param classes the number of classes
   * @param channels per channel, the class of every sample
   */
  static ClassCombinations of(int classes, List<int[]> channels) {
    int[] counts = new int[Math.toIntExact(Math.round(Math.pow(classes, channels.size())))];
    for (int sample = 0; sample < channels.get(0).length; sample++) {
      int combination = 0;
      for (int[] channel : channels) {
        combination = combination * classes + channel[sample];
      }
      counts[combination]++;
    }
    return of(counts);
  }

  /** Wraps given counts of samples per combination. */
  static ClassCombinations of(int... counts) {
    return new ClassCombinations(IntStream.of(counts).boxed().toList());
  }

  /** The number of combinations with at least this many samples. */
  int modesWithAtLeast(int least) {
    return Math.toIntExact(counts.stream().filter(n -> n >= least).count());
  }

  /** KL(samples || uniform), in nats. */
  double divergenceFromUniform() {
    double total = counts.stream().mapToInt(Integer::intValue).sum();
    return counts.stream()
        .filter(n -> n > 0)
        .mapToDouble(n -> n / total)
        .map(share -> share * Math.log(share * counts.size()))
        .sum();
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("modes", (double) modesWithAtLeast(1));
    figures.put("modes-three-samples", (double) modesWithAtLeast(CONFIRMED));
    figures.put("reverse-kl", divergenceFromUniform());
    return figures;
  }
}
