package org.gantry.plugin.classifierscore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An estimate of the manifold of a set of points: a ball around each point, whose radius is the
 * distance to its k-th nearest neighbour (arXiv:1904.06991, equation 1). Distances are Euclidean,
 * summed in float64.
 */
final class ManifoldEstimate {

  private final List<float[]> centres;
  private final double[] radii;

  private ManifoldEstimate(List<float[]> centres, double[] radii) {
    this.centres = centres;
    this.radii = radii;
  }

  /**
   * Computes the balls.
   *
   * @param points at least two points of equal length; the copy of a point is a neighbour at
   *     distance 0
   * @param neighbours k; with fewer other points, the furthest one bounds the ball
   */
  static ManifoldEstimate of(List<float[]> points, int neighbours) {
    int nth = Math.min(neighbours, points.size() - 1);
    double[] radii = new double[points.size()];
    for (int i = 0; i < radii.length; i++) {
      List<float[]> others = new ArrayList<>(points);
      // Removed by index, because an equal point elsewhere in the set is a neighbour.
      float[] point = others.remove(i);
      radii[i] =
          others.stream().mapToDouble(other -> distance(point, other)).sorted().toArray()[nth - 1];
    }
    return new ManifoldEstimate(List.copyOf(points), radii);
  }

  /** The radius of every ball, in the order of the points. */
  double[] radii() {
    return Arrays.copyOf(radii, radii.length);
  }

  /** The share of points that lie in a ball or on its surface. */
  double shareInside(List<float[]> points) {
    return points.stream().filter(this::contains).count() / (double) points.size();
  }

  private boolean contains(float[] point) {
    for (int i = 0; i < radii.length; i++) {
      if (distance(point, centres.get(i)) <= radii[i]) {
        return true;
      }
    }
    return false;
  }

  /** The mean number of balls whose interior contains a point. */
  double meanBallCount(List<float[]> points) {
    long within = 0;
    for (float[] point : points) {
      for (int i = 0; i < radii.length; i++) {
        if (distance(point, centres.get(i)) < radii[i]) {
          within++;
        }
      }
    }
    return within / (double) points.size();
  }

  /** The share of balls whose interior contains one of the points. */
  double shareOfBallsReached(List<float[]> points) {
    int reached = 0;
    for (int i = 0; i < radii.length; i++) {
      float[] centre = centres.get(i);
      double radius = radii[i];
      if (points.stream().anyMatch(point -> distance(point, centre) < radius)) {
        reached++;
      }
    }
    return reached / (double) radii.length;
  }

  /** Avoids the expansion into products, which is inexact for small distances of long vectors. */
  private static double distance(float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = (double) first[i] - second[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
