package org.gantry.search;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.gantry.sampler.SamplingProgress;

/**
 * Lowers the costs of codes by their gradients, each code on its own, and keeps the best of each.
 * Not thread-safe.
 */
public final class CodeDescent {

  private final CodeSpace space;
  private final CodeCost cost;
  private final CodeRange range;
  private final float[][] codes;
  private final CodeUpdate update;
  private final float[][] best;
  private final float[] bestCosts;

  /**
   * Begins at some codes.
   *
   * @param optimizer how the codes move
   * @param range a code that leaves it is moved back
   * @param start at least one code; not changed
   */
  public CodeDescent(
      CodeSpace space, CodeCost cost, SearchOptimizer optimizer, CodeRange range, float[][] start) {
    this.space = space;
    this.cost = cost;
    this.range = range;
    codes = copy(start);
    best = copy(start);
    bestCosts = new float[start.length];
    Arrays.fill(bestCosts, Float.POSITIVE_INFINITY);
    update = new CodeUpdate(optimizer, start.length, start[0].length);
  }

  private static float[][] copy(float[][] rows) {
    return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
  }

  /**
   * Moves the codes. The rate of Adam falls to zero.
   *
   * @param progress is told after each step
   * @param stop ends the descent early
   */
  public void run(int steps, double rate, SamplingProgress progress, BooleanSupplier stop) {
    float[] costs = new float[codes.length];
    for (int step = 1; step <= steps && !stop.getAsBoolean(); step++) {
      float[][] gradients = space.gradients(cost, codes, costs);
      keepBest(costs);
      update.move(codes, gradients, step, steps, rate);
      moveBack();
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

  /** Moves codes back that have left the range. */
  private void moveBack() {
    for (float[] code : codes) {
      for (int i = 0; i < code.length; i++) {
        code[i] = range.nearest(code[i]);
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
