package org.gantry.runs.blending;

/**
 * How pictures are blended.
 *
 * @param solver the form of the equation
 * @param colourWeight the weight of the colours against the gradients, above 0: 1 in the paper
 * @param coarseSide about the longest side of the coarsest level, in pixels: 64 in the paper
 */
public record BlendSettings(BlendSolver solver, double colourWeight, int coarseSide) {

  /** The longest side of the coarsest level in the paper. */
  public static final int COARSE_SIDE = 64;

  /** Checks the ranges. */
  public BlendSettings {
    if (!(colourWeight > 0 && colourWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("expected a weight above 0, not " + colourWeight);
    }
    if (coarseSide < 1) {
      throw new IllegalArgumentException("expected a side of at least 1, not " + coarseSide);
    }
  }

  /**
   * Returns how often pictures are halved: the logarithm of the ratio of the sides to base 2,
   * rounded up.
   *
   * @param side the longest side of the pictures, in pixels
   */
  public int halvings(int side) {
    int halvings = 0;
    for (long reached = coarseSide; reached < side; reached *= 2) {
      halvings++;
    }
    return halvings;
  }
}
