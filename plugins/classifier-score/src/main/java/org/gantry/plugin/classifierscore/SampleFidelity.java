package org.gantry.plugin.classifierscore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good fakes are, and how many of the real ones they stand for, told apart by the neighbours
 * that they have.
 *
 * @param precision the share of fakes that lie among real points
 * @param recall the share of real points that lie among fakes; with the former in arXiv:1904.06991,
 *     section 2
 * @param density the balls of real points that a fake lies in, over the number of neighbours; 1 is
 *     expected of fakes that are like real ones, and it may be more
 * @param coverage the share of real points with a fake nearer than their neighbours; with the
 *     former in arXiv:2002.09797, section 3
 */
record SampleFidelity(double precision, double recall, double density, double coverage) {

  /**
   * Compares two sets.
   *
   * @param real two or more points; sets of different sizes compare only to such of the same sizes
   * @param fake two or more points
   * @param neighbours how many bound a ball for precision and recall
   * @param densityNeighbours how many bound a ball for density and coverage
   */
  static SampleFidelity of(
      List<float[]> real, List<float[]> fake, int neighbours, int densityNeighbours) {
    ManifoldEstimate balls = ManifoldEstimate.of(real, densityNeighbours);
    return new SampleFidelity(
        ManifoldEstimate.of(real, neighbours).holds(fake),
        ManifoldEstimate.of(fake, neighbours).holds(real),
        balls.meanBallCount(fake) / Math.min(densityNeighbours, real.size() - 1),
        balls.ballsReached(fake));
  }

  /**
   * The four by name.
   *
   * @param suffix what to add to each name
   */
  Map<String, Double> figures(String suffix) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("precision" + suffix, precision);
    figures.put("recall" + suffix, recall);
    figures.put("density" + suffix, density);
    figures.put("coverage" + suffix, coverage);
    return figures;
  }
}
