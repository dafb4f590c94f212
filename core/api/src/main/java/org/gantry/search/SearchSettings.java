package org.gantry.search;

/**
 * How to search for a code.
 *
 * @param steps the number of steps, at least 1
 * @param restarts the number of codes that are searched at once, of which the best is kept
 * @param optimizer how the codes are moved
 * @param rate the rate of the optimizer, at first
 * @param realism the share of the objective that the discriminator's judgement has, from 0 to below
 *     1; ignored where no discriminator judges samples alone
 */
public record SearchSettings(
    int steps, int restarts, SearchOptimizer optimizer, double rate, double realism) {

  /** Settings of a search by Adam. */
  public SearchSettings(int steps, int restarts, double rate, double realism) {
    this(steps, restarts, SearchOptimizer.ADAM, rate, realism);
  }

  /** Checks the numbers. */
  public SearchSettings {
    if (steps < 1 || restarts < 1 || !(rate > 0) || !(realism >= 0 && realism < 1)) {
      throw new IllegalArgumentException(
          "%d steps, %d restarts, rate %s, realism %s".formatted(steps, restarts, rate, realism));
    }
  }
}
