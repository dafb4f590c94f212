package org.gantry.runs.blending;

import java.util.ArrayList;
import java.util.List;
import org.gantry.runs.translation.ImagePixels;

/**
 * Continues the colours of a picture into its transparent parts. Otherwise the paper behind them
 * would count as the surroundings of the opaque part, and shine at its edge in a blend.
 */
public final class OpaqueColours {

  private OpaqueColours() {}

  /**
   * Returns a picture without transparency. Where it is transparent, it has the colours of the
   * nearest opaque parts.
   *
   * @param onWhite the picture on white, with values from 0 to 1
   * @param opacity one channel of the same size, with values from 0 to 1
   */
  public static ImagePixels of(ImagePixels onWhite, ImagePixels opacity) {
    ImagePlane weights = ImagePlane.of(opacity, 0);
    List<ImagePlane> channels = new ArrayList<>();
    for (ImagePlane channel : ImagePlane.all(onWhite)) {
      float[] weighted = new float[channel.values().length];
      for (int i = 0; i < weighted.length; i++) {
        weighted[i] = Math.max(0, channel.values()[i] - (1 - weights.values()[i]));
      }
      channels.add(filled(new ImagePlane(channel.height(), channel.width(), weighted), weights));
    }
    return ImagePlane.join(channels);
  }

  /**
   * Fills what has no weight from a copy of half the size, which is filled in the same way.
   *
   * @param weighted the values times their weights
   */
  private static ImagePlane filled(ImagePlane weighted, ImagePlane weights) {
    float[] filled = new float[weighted.values().length];
    if (filled.length == 1) {
      filled[0] = weights.values()[0] > 0 ? weighted.values()[0] / weights.values()[0] : 1;
      return new ImagePlane(1, 1, filled);
    }
    ImagePlane coarse =
        filled(weighted.halved(), weights.halved()).resized(weighted.height(), weighted.width());
    for (int i = 0; i < filled.length; i++) {
      filled[i] = weighted.values()[i] + (1 - weights.values()[i]) * coarse.values()[i];
    }
    return new ImagePlane(weighted.height(), weighted.width(), filled);
  }
}
