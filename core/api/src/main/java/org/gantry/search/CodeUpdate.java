package org.gantry.search;

/**
 * Moves codes against their gradients, by Adam (arXiv:1412.6980, algorithm 1) or by Nesterov's
 * momentum, and remembers what the optimizer needs for the next step.
 */
final class CodeUpdate {

  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double MOMENTUM = 0.9;

  private final SearchOptimizer optimizer;
  private final double[][] means;
  private final double[][] squares;

  /**
   * Creates an update of some codes.
   *
   * @param codes the number of codes
   * @param length the number of values of a code
   */
  CodeUpdate(SearchOptimizer optimizer, int codes, int length) {
    this.optimizer = optimizer;
    means = new double[codes][length];
    squares = new double[codes][length];
  }

  /**
   * Moves the codes, in place.
   *
   * @param step the number of this step, from 1
   * @param steps the number of all steps
   * @param rate the rate at the first step
   */
  void move(float[][] codes, float[][] gradients, int step, int steps, double rate) {
    double falling = rate * (1 + Math.cos(Math.PI * (step - 1) / steps)) / 2;
    for (int row = 0; row < codes.length; row++) {
      for (int i = 0; i < codes[row].length; i++) {
        double gradient = gradients[row][i];
        codes[row][i] +=
            (float)
                (optimizer == SearchOptimizer.ADAM
                    ? adam(row, i, gradient, step, falling)
                    : nesterov(row, i, gradient, rate));
      }
    }
  }

  private double adam(int row, int i, double gradient, int step, double rate) {
    means[row][i] = MEAN_DECAY * means[row][i] + (1 - MEAN_DECAY) * gradient;
    squares[row][i] = SQUARE_DECAY * squares[row][i] + (1 - SQUARE_DECAY) * gradient * gradient;
    double mean = means[row][i] / (1 - Math.pow(MEAN_DECAY, step));
    double square = squares[row][i] / (1 - Math.pow(SQUARE_DECAY, step));
    return -rate * mean / (Math.sqrt(square) + EPSILON);
  }

  private double nesterov(int row, int i, double gradient, double rate) {
    double before = means[row][i];
    double velocity = MOMENTUM * before - rate * gradient;
    means[row][i] = velocity;
    return change(before, velocity);
  }

  /**
   * The change of a value, -μ v + (1 + μ) v', by its velocity v before the step and v' after it.
   */
  static double change(double before, double velocity) {
    return -MOMENTUM * before + (1 + MOMENTUM) * velocity;
  }
}
