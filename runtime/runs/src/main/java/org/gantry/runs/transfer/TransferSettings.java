package org.gantry.runs.transfer;

/**
 * How motion and colour are estimated, for pictures with values from 0 to 1.
 *
 * @param motionSmoothness the weight of the squared differences between neighbouring motions, above
 *     0; the paper's σ_s
 * @param colourSmoothness the weight of the squared differences between neighbouring colour maps,
 *     above 0; the paper's σ_c
 * @param rounds how often motion and colour take turns on each scale, at least 1
 * @param colourFixed whether colours stay, so that only motion explains the change
 */
public record TransferSettings(
    double motionSmoothness, double colourSmoothness, int rounds, boolean colourFixed) {

  /** Settings that suit pictures of 28 to 128 pixels. */
  public static final TransferSettings USUAL = new TransferSettings(0.05, 1, 3, false);

  /** Checks the numbers. */
  public TransferSettings {
    if (!(motionSmoothness > 0) || !(colourSmoothness > 0) || rounds < 1) {
      throw new IllegalArgumentException(
          "smoothness %s and %s, %d rounds".formatted(motionSmoothness, colourSmoothness, rounds));
    }
  }
}
