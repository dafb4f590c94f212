package org.gantry.plugin.classifierscore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fidelity and the diversity of fakes, measured by nearest neighbours.
 *
 * @param precision the share of fakes that lie in the manifold of real points (arXiv:1904.06991,
 *     section 2)
 * @param recall the share of real points that lie in the manifold of fakes (arXiv:1904.06991,
 *     section 2)
 * @param density the number of balls around real points that contain a fake, divided by the number
 *     of neighbours; 1 is expected for a perfect generator, and larger values are possible
 *     (arXiv:2002.09797, section 3)
 * @param coverage the share of real points with a fake in their ball (arXiv:2002.09797, section 3)
 */
record SampleFidelity(double precision, double recall, double density, double coverage) {

  /**
   * Compares two sets. Values are comparable only between sets of the same sizes.
   *
   * @param real at least two points
   * @param fake at least two points
   * @param neighbours the neighbours that bound a ball for precision and recall
   * @param densityNeighbours the neighbours that bound a ball for density and coverage
   */
  static SampleFidelity of(
      List<float[]> real, List<float[]> fake, int neighbours, int densityNeighbours) {
    ManifoldEstimate balls = ManifoldEstimate.of(real, densityNeighbours);
    return new SampleFidelity(
        ManifoldEstimate.of(real, neighbours).shareInside(fake),
        ManifoldEstimate.of(fake, neighbours).shareInside(real),
        balls.meanBallCount(fake) / Math.min(densityNeighbours, real.size() - 1),
        balls.shareOfBallsReached(fake));
  }

  /**
   * The four values by name.
   *
   * @param suffix is appended to each name
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
