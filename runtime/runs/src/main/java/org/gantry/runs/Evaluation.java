package org.gantry.runs;

import java.util.Map;

/**
 * What the recipe's metrics say of a run; a line of its {@code evaluations.jsonl}.
 *
 * @param step the steps that the judged networks have behind them
 * @param count the samples judged
 * @param seed keyed the samples
 * @param seconds how long it took
 * @param figures by {@code metric/figure}, in the order of the recipe and of each metric
 */
public record Evaluation(
    long step, int count, long seed, double seconds, Map<String, Double> figures) {

  /**
   * Judges a run, under its own seed, and appends the result to the run's evaluations.
   *
   * @param count how many samples to judge, at least 1
   * @throws RunException if a metric cannot judge this run or fails, or the result cannot be written
   */
  public static Evaluation of(TrainedRun run, int count) {
    throw new UnsupportedOperationException();
  }
}
