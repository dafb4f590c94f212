package org.gantry.runs.search;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.gantry.sampler.SamplingProgress;

/**
 * Lowers the costs of codes by Adam (arXiv:1412.6980, algorithm 1), each code on its own, and keeps
 * the best of each. Not thread-safe.
 */
public final class CodeDescent {

  private static final double MEAN_DECAY = 0.9;
  private static final double SQUARE_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final CodeSpace space;
  private final CodeCost cost;
  private final CodeRange range;
  private final float[][] codes;
  private final double[][] means;
  private final double[][] squares;
  private final float[][] best;
  private final float[] bestCosts;

  /**
   * Begins at some codes.
   *
   * @param range a code that leaves it is moved back
   * @param start at least one code; not changed
   */
  public CodeDescent(CodeSpace space, CodeCost cost, CodeRange range, float[][] start) {
    this.space = space;
    this.cost = cost;
    this.range = range;
    codes = copy(start);
    best = copy(start);
    bestCosts = new float[start.length];
    Arrays.fill(bestCosts, Float.POSITIVE_INFINITY);
    means = new double[start.length][start[0].length];
    squares = new double[start.length][start[0].length];
  }

  private static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  /**
   * Moves the codes. The rate falls to zero.
   *
   * @param progress is told after each step
   * @param stop ends the descent early
   */
  public void run(int steps, double rate, SamplingProgress progress, BooleanSupplier stop) {
    float[] costs = new float[codes.length];
    for (int step = 1; step <= steps && !stop.getAsBoolean(); step++) {
      float[][] gradients = space.gradients(cost, codes, costs);
      keepBest(costs);
      move(gradients, step, rate * (1 + Math.cos(Math.PI * (step - 1) / steps)) / 2);
      progress.report(step, steps);
    }
    keepBest(space.costs(cost, codes));
  }

  private void keepBest(float[] costs) {
    for (int row = 0; row < codes.length; row++) {
      if (costs[row] < bestCosts[row]) {
        bestCosts[row] = costs[row];
        best[row] = codes[row].clone();
      }
    }
  }

  private void move(float[][] gradients, int step, double rate) {
    for (int row = 0; row < codes.length; row++) {
      for (int i = 0; i < codes[row].length; i++) {
        double gradient = gradients[row][i];
        means[row][i] = MEAN_DECAY * means[row][i] + (1 - MEAN_DECAY) * gradient;
        squares[row][i] = SQUARE_DECAY * squares[row][i] + (1 - SQUARE_DECAY) * gradient * gradient;
        double mean = means[row][i] / (1 - Math.pow(MEAN_DECAY, step));
        double square = squares[row][i] / (1 - Math.pow(SQUARE_DECAY, step));
        codes[row][i] =
            range.nearest(codes[row][i] - (float) (rate * mean / (Math.sqrt(square) + EPSILON)));
      }
    }
  }

  /** Returns the best code so far of each start; not copied. */
  public float[][] best() {
    return best;
  }

  /** Returns the costs of the best codes; infinite before the first step. */
  public float[] bestCosts() {
    return bestCosts;
  }

  /** Returns the start whose best code has the lowest cost of all. */
  public int lowest() {
    return IntStream.range(0, bestCosts.length)
        .reduce((a, b) -> bestCosts[b] < bestCosts[a] ? b : a)
        .orElseThrow();
  }
}
