package org.gantry.plugin.modecoverage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How samples spread over the centres of a mixture.
 *
 * @param samples the number of samples
 * @param near per centre, the samples that are nearest to it and within the radius
 */
record ModeCounts(int samples, List<Integer> near) {

  /**
   * Assigns samples to centres.
   *
   * @param points the coordinates, sample by sample
   * @param radius the largest distance of a counted sample from its centre
   */
  static ModeCounts of(float[] points, List<double[]> centres, double radius) {
    int dimension = centres.get(0).length;
    int samples = points.length / dimension;
    int[] near = new int[centres.size()];
    for (int i = 0; i < samples; i++) {
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int mode = 0; mode < near.length; mode++) {
        double square = 0;
        for (int d = 0; d < dimension; d++) {
          double difference = points[i * dimension + d] - centres.get(mode)[d];
          square += difference * difference;
        }
        if (square < least) {
          least = square;
          nearest = mode;
        }
      }
      if (least <= radius * radius) {
        near[nearest]++;
      }
    }
    return new ModeCounts(samples, IntStream.of(near).boxed().toList());
  }

  Map<String, Double> figures() {
    int total = near.stream().mapToInt(Integer::intValue).sum();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("modes", (double) near.stream().filter(n -> n > 0).count());
    figures.put(
        "modes-one-percent",
        (double) near.stream().filter(n -> n > 0 && 100L * n >= samples).count());
    figures.put("high-quality", total / (double) samples);
    if (total > 0) {
      figures.put("reverse-kl", divergenceFromUniform(total));
    }
    return figures;
  }

  private double divergenceFromUniform(int total) {
    return near.stream()
        .filter(n -> n > 0)
        .mapToDouble(n -> n / (double) total)
        .map(share -> share * Math.log(share * near.size()))
        .sum();
  }
}
