package org.gantry.runs.blending;

import ai.djl.ndarray.NDManager;

/**
 * The Gaussian-Poisson equation of one channel at one size (arXiv:1703.07195, section 3.3), solved
 * in closed form. The picture continues beyond its edges as its mirror image, so nothing passes
 * from one edge to the opposite one.
 */
final class GaussianPoissonEquation {

  private static final double DEVIATION = 0.5;

  private final CosineTransform transform;
  private final BlendSolver solver;
  private final double weight;

  /**
   * Creates the equation.
   *
   * @param manager owns what the equation needs until it is closed
   * @param weight the weight of the colours, above 0
   */
  GaussianPoissonEquation(NDManager manager, BlendSolver solver, double weight) {
    transform = new CosineTransform(manager);
    this.solver = solver;
    this.weight = weight;
  }

  /**
   * The low-pass of the equation: a Gaussian of a standard deviation of half a pixel, cut to 3 x 3
   * pixels as in the published program. So its weights add up to 0.998945.
   */
  static ImagePlane lowPass(ImagePlane plane) {
    return plane.filtered(lowPassWeights());
  }

  private static double[] lowPassWeights() {
    double[] whole = ImagePlane.gaussian(DEVIATION);
    return new double[] {whole[0], whole[1]};
  }

  /**
   * Returns the picture with the gradients of the foreground inside the mask and of the background
   * outside, whose low-pass has the given colours. All planes have one size.
   *
   * @param mask from 0 to 1
   */
  ImagePlane solve(
      ImagePlane foreground, ImagePlane background, ImagePlane mask, ImagePlane colours) {
    int rows = mask.height();
    int columns = mask.width();
    double[] source =
        transform.forward(
            GuidanceField.negativeDivergence(foreground, background, mask), rows, columns);
    double[] colour = transform.forward(doubles(colours.values()), rows, columns);
    double[] lowPass = lowPassWeights();
    double[] rowCosines = cosines(rows);
    double[] columnCosines = cosines(columns);
    for (int column = 0; column < columns; column++) {
      double acrossFactor = lowPass[0] + 2 * lowPass[1] * columnCosines[column];
      for (int row = 0; row < rows; row++) {
        int at = column * rows + row;
        double laplacian = 4 - 2 * rowCosines[row] - 2 * columnCosines[column];
        double downFactor = lowPass[0] + 2 * lowPass[1] * rowCosines[row];
        source[at] =
            solver.solve(laplacian, acrossFactor * downFactor, weight, source[at], colour[at]);
      }
    }
    double[] solution = transform.inverse(source, rows, columns);
    float[] values = new float[solution.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) solution[i];
    }
    return new ImagePlane(rows, columns, values);
  }

  private static double[] cosines(int length) {
    double[] cosines = new double[length];
    for (int i = 0; i < length; i++) {
      cosines[i] = Math.cos(Math.PI * i / length);
    }
    return cosines;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
