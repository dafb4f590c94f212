package org.gantry.runs.editing;

/**
 * How to edit.
 *
 * @param steps the steps of Adam, at least 1
 * @param starts the codes that are moved at once, at least 1; the first is that of the picture
 * @param rate the rate of Adam, which falls to zero
 * @param smoothness the weight of the mean squared difference between a code and that of the
 *     picture. The paper's λ_s, which weights the sum of the squares, is this number divided by the
 *     length of a code
 * @param realism the weight of the discriminator's judgement; ignored where none judges samples
 *     alone
 * @param spread the other starts differ from the first by at most so much in each value
 */
public record EditSettings(
    int steps, int starts, double rate, double smoothness, double realism, double spread) {

  /** The settings of arXiv:1609.03552, by the authors' code. */
  public static final EditSettings PAPER = new EditSettings(100, 64, 0.1, 5, 0, 0.5);

  /** Checks the numbers. */
  public EditSettings {
    if (steps < 1
        || starts < 1
        || !(rate > 0)
        || !(smoothness >= 0)
        || !(realism >= 0)
        || !(spread >= 0)) {
      throw new IllegalArgumentException(
          "%d steps, %d starts, rate %s, smoothness %s, realism %s, spread %s"
              .formatted(steps, starts, rate, smoothness, realism, spread));
    }
  }
}
