package org.gantry.plugin.imagefolder;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** How opaque the pixels of decoded images are, as greys from black to white. */
final class PixelOpacity {

  private static final int WHITE = 0xFFFFFF;

  private PixelOpacity() {}

  /** Returns the opacity of a picture without transparency. */
  static int[] full(int count) {
    int[] opacities = new int[count];
    Arrays.fill(opacities, WHITE);
    return opacities;
  }

  /**
   * Returns the opacity of an image.
   *
   * @param pixels its pixels as 0xRRGGBB
   * @param transparentGrey the grey value of the pixels that are transparent, although the image
   *     has no such channel; -1 for none
   */
  static int[] of(BufferedImage image, int[] pixels, int transparentGrey) {
    int[] opacities = full(pixels.length);
    if (image.getColorModel().hasAlpha()) {
      int width = image.getWidth();
      image.getRGB(0, 0, width, image.getHeight(), opacities, 0, width);
      for (int i = 0; i < opacities.length; i++) {
        opacities[i] = (opacities[i] >>> 24) * 0x010101;
      }
    }
    for (int i = 0; transparentGrey >= 0 && i < pixels.length; i++) {
      if (pixels[i] == transparentGrey * 0x010101) {
        opacities[i] = 0;
      }
    }
    return opacities;
  }
}
