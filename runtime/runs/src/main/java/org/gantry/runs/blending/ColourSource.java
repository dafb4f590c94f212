package org.gantry.runs.blending;

import org.gantry.runs.translation.ImagePixels;

/** Says which colours a blended picture should have, at its coarsest level. */
@FunctionalInterface
public interface ColourSource {

  /**
   * Returns the colours.
   *
   * @param coarse the pictures of the blend at the coarsest level
   * @return what the low-pass of the blended picture should be, of the same size and channels, with
   *     values from 0 to 1
   */
  ImagePixels colours(BlendInput coarse);

  /** Returns the colours of the background, so that the foreground takes its light. */
  static ColourSource ofBackground() {
    return coarse ->
        ImagePlane.join(
            ImagePlane.all(coarse.background()).stream()
                .map(GaussianPoissonEquation::lowPass)
                .toList());
  }
}
