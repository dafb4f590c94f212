package org.gantry.runs.blending;

/**
 * The forms of the Gaussian-Poisson equation of GP-GAN (arXiv:1703.07195, section 3.3). All ask for
 * a picture x with the gradients v whose low-pass g(x) has the colours c. In the space of cosines
 * the Laplacian and the low-pass are factors L and G of each coefficient, so each form is a
 * division.
 */
public enum BlendSolver {
  /**
   * (L + weight G) x = -div v + weight c, as in the published program. It is not the minimum of an
   * objective, and differs little from {@link #SCREENED}.
   */
  CODE {
    @Override
    double solve(double laplacian, double lowPass, double weight, double source, double colour) {
      return (source + weight * colour) / (laplacian + weight * lowPass);
    }
  },
  /** The least squares of the paper's objective: |div v - div grad x|² + weight |g(x) - c|². */
  LEAST_SQUARES {
    @Override
    double solve(double laplacian, double lowPass, double weight, double source, double colour) {
      return (laplacian * source + weight * lowPass * colour)
          / (laplacian * laplacian + weight * lowPass * lowPass);
    }
  },
  /** The screened Poisson equation, the least squares of |grad x - v|² + weight |g(x) - c|². */
  SCREENED {
    @Override
    double solve(double laplacian, double lowPass, double weight, double source, double colour) {
      return (source + weight * lowPass * colour) / (laplacian + weight * lowPass * lowPass);
    }
  };

  /**
   * Returns a coefficient of the solution.
   *
   * @param laplacian the factor of the negative Laplacian, from 0 to 8
   * @param lowPass the factor of the low-pass, above 0
   * @param weight the weight of the colours, above 0
   * @param source the coefficient of the negative divergence of the gradients
   * @param colour the coefficient of the colours
   */
  abstract double solve(
      double laplacian, double lowPass, double weight, double source, double colour);
}
