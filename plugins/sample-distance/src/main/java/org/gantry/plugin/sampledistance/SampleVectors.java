package org.gantry.plugin.sampledistance;

import java.util.Arrays;
import java.util.List;

/** Euclidean distances between samples, summed in float64. */
final class SampleVectors {

  private SampleVectors() {}

  /** The distance between two vectors of equal length. */
  static double distance(float[] first, float[] second) {
    return Math.sqrt(squared(first, second, Double.POSITIVE_INFINITY));
  }

  /** Whether the distance between two vectors is at most the given one. */
  static boolean within(float[] first, float[] second, double distance) {
    double bound = distance * distance;
    return squared(first, second, bound) <= bound;
  }

  /** The distance of every vector to its nearest neighbour, among at least two vectors. */
  static double[] nearestDistances(List<float[]> vectors) {
    double[] squares = new double[vectors.size()];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    for (int i = 1; i < squares.length; i++) {
      for (int j = 0; j < i; j++) {
        double bound = Math.max(squares[i], squares[j]);
        double square = squared(vectors.get(i), vectors.get(j), bound);
        squares[i] = Math.min(squares[i], square);
        squares[j] = Math.min(squares[j], square);
      }
    }
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  /** The distance of a vector to the nearest of some others, of which there is at least one. */
  static double nearest(float[] vector, List<float[]> others) {
    double least = Double.POSITIVE_INFINITY;
    for (float[] other : others) {
      least = Math.min(least, squared(vector, other, least));
    }
    return Math.sqrt(least);
  }

  /**
   * The squared distance. Where it exceeds the bound, the sum stops early and returns any number
   * above the bound.
   */
  private static double squared(float[] first, float[] second, double bound) {
    double sum = 0;
    for (int i = 0; i < first.length && sum <= bound; i++) {
      double difference = (double) first[i] - second[i];
      sum += difference * difference;
    }
    return sum;
  }
}
