package org.gantry.plugin.sampledistance;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gantry.metric.EvaluationContext;

/** Samples as vectors, and Euclidean distances between them, summed up in float64. */
final class SampleVectors {

  private SampleVectors() {}

  /**
   * The first samples of the generator.
   *
   * @param count at most as many as there are
   */
  static List<float[]> generated(EvaluationContext evaluation, int count) {
    try (NDArray samples = evaluation.samples()) {
      float[] values = samples.toFloatArray();
      int length = values.length / evaluation.sampleCount();
      List<float[]> vectors = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        vectors.add(Arrays.copyOfRange(values, i * length, (i + 1) * length));
      }
      return vectors;
    }
  }

  /** The distance of two vectors of equal length. */
  static double distance(float[] first, float[] second) {
    return Math.sqrt(squared(first, second, Double.POSITIVE_INFINITY));
  }

  /** Whether two vectors are no further apart than that. */
  static boolean within(float[] first, float[] second, double distance) {
    double bound = distance * distance;
    return squared(first, second, bound) <= bound;
  }

  /** Of every vector, the distance to the nearest other one; at least two vectors. */
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

  /** The squared distance, or any number above the bound if it is above, which saves time. */
  private static double squared(float[] first, float[] second, double bound) {
    double sum = 0;
    for (int i = 0; i < first.length && sum <= bound; i++) {
      double difference = (double) first[i] - second[i];
      sum += difference * difference;
    }
    return sum;
  }
}
