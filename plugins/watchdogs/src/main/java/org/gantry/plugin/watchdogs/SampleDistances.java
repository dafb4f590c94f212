package org.gantry.plugin.watchdogs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * The Euclidean distances between the samples of a batch.
 *
 * @param mean the mean over all pairs
 * @param nearest the median over samples of the distance to the nearest neighbour
 */
record SampleDistances(double mean, double nearest) {

  /** The largest number of samples to compare, because the cost is quadratic. */
  private static final long MAX_SAMPLES = 128;

  /**
   * Measures the distances within a batch.
   *
   * @param samples shape (count, ...), count at least 2; intermediate arrays join their manager
   */
  static SampleDistances within(NDArray samples) {
    int count = (int) Math.min(samples.getShape().get(0), MAX_SAMPLES);
    // float32 products are too inexact for the distances between near-copies.
    NDArray flat =
        samples.get("0:" + count).reshape(new Shape(count, -1)).toType(DataType.FLOAT64, false);
    NDArray centred = flat.sub(flat.mean(new int[] {0}, true));
    return of(centred.matMul(centred.transpose()).toDoubleArray(), count);
  }

  private static SampleDistances of(double[] products, int count) {
    double sum = 0;
    double[] nearest = new double[count];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        if (i != j) {
          double square =
              products[i * count + i] + products[j * count + j] - 2 * products[i * count + j];
          double distance = Math.sqrt(Math.max(square, 0));
          sum += distance;
          nearest[i] = Math.min(nearest[i], distance);
        }
      }
    }
    Arrays.sort(nearest);
    double median = (nearest[(count - 1) / 2] + nearest[count / 2]) / 2;
    return new SampleDistances(sum / count / (count - 1), median);
  }
}
