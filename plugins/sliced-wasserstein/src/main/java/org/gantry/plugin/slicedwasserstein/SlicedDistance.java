package org.gantry.plugin.slicedwasserstein;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The sliced Wasserstein distance between two sets of equally many vectors. On a line, the optimal
 * transport between two sets preserves their order, so the distance is the mean over the sorted
 * values. The sliced distance is the mean over directions.
 */
final class SlicedDistance {

  private SlicedDistance() {}

  /**
   * Directions that are uniform on the sphere.
   *
   * @return shape (dimension, count), with columns of length 1
   */
  static NDArray directions(NDManager manager, int dimension, int count, RandomGenerator random) {
    double[][] columns = new double[count][dimension];
    for (double[] column : columns) {
      double square = 0;
      for (int i = 0; i < dimension; i++) {
        column[i] = random.nextGaussian();
        square += column[i] * column[i];
      }
      for (int i = 0; i < dimension; i++) {
        column[i] /= Math.sqrt(square);
      }
    }
    float[] rows = new float[dimension * count];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) columns[i % count][i / count];
    }
    return manager.create(rows, new Shape(dimension, count));
  }

  /**
   * The mean over directions of the mean distance on that line, raised to a power.
   *
   * @param first shape (n, dimension)
   * @param second the same shape
   * @param directions shape (dimension, count)
   * @param power 1 for the Wasserstein-1 distance, 2 for the squared Wasserstein-2 distance
   */
  static double distance(NDArray first, NDArray second, NDArray directions, double power) {
    float[] a = sortedProjections(first, directions);
    float[] b = sortedProjections(second, directions);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      sum += power == 1 ? difference : Math.pow(difference, power);
    }
    return sum / a.length;
  }

  /** The projections, direction by direction, ascending within each. */
  private static float[] sortedProjections(NDArray vectors, NDArray directions) {
    try (NDManager temporary = directions.getManager().newSubManager()) {
      NDArray across = directions.transpose();
      across.attach(temporary);
      NDArray down = vectors.transpose();
      down.attach(temporary);
      float[] projections = across.matMul(down).toFloatArray();
      int count = Math.toIntExact(vectors.getShape().get(0));
      IntStream.range(0, projections.length / count)
          .parallel()
          .forEach(i -> Arrays.sort(projections, i * count, (i + 1) * count));
      return projections;
    }
  }
}
