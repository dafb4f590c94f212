package org.gantry.plugin.classifierscore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a set of points covers: a ball around each, as large as the distance of its k-th nearest
 * other point (arXiv:1904.06991, equation 1). Distances are Euclidean, summed up in float64.
 */
final class ManifoldEstimate {

  private final List<float[]> centres;
  private final double[] radii;

  private ManifoldEstimate(List<float[]> centres, double[] radii) {
    this.centres = centres;
    this.radii = radii;
  }

  /**
   * Finds the balls.
   *
   * @param points two or more of equal length; a point that occurs twice has itself as a neighbour
   * @param neighbours k; that of the furthest point where there are fewer
   */
  static ManifoldEstimate of(List<float[]> points, int neighbours) {
    int nth = Math.min(neighbours, points.size() - 1);
    double[] radii = new double[points.size()];
    for (int i = 0; i < radii.length; i++) {
      List<float[]> others = new ArrayList<>(points);
      // By its place, because a twin lies at the same distance 0 and is a neighbour.
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

  /** The share of points that lie in a ball or on its border. */
  double holds(List<float[]> points) {
    return points.stream().filter(this::holds).count() / (double) points.size();
  }

  private boolean holds(float[] point) {
    for (int i = 0; i < radii.length; i++) {
      if (distance(point, centres.get(i)) <= radii[i]) {
        return true;
      }
    }
    return false;
  }

  /** How many balls a point lies within, on average, not counting borders. */
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

  /** The share of balls that one of the points lies within, not counting borders. */
  double ballsReached(List<float[]> points) {
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

  /** Without the expansion into products, which loses small distances of long vectors. */
  private static double distance(float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = (double) first[i] - second[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
