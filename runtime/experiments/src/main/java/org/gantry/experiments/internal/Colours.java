package org.gantry.experiments.internal;

import java.awt.Color;
import java.util.List;

/** The colours of variants, in their order. */
final class Colours {

  /** What others have measured. */
  static final Color PUBLISHED = new Color(0xE06C1F);

  private static final List<Color> VARIANTS =
      List.of(
          new Color(0x2F74C0),
          new Color(0xC0392B),
          new Color(0x2E8B57),
          new Color(0x8E44AD),
          new Color(0xB8860B),
          new Color(0x16868F),
          new Color(0xC2528B),
          new Color(0x555555));

  private Colours() {}

  static Color of(int variant) {
    return VARIANTS.get(variant % VARIANTS.size());
  }

  static Color pale(Color colour) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 0x30);
  }
}
