package org.gantry.runs.blending;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.gantry.runs.translation.ImagePixels;
import org.junit.jupiter.api.Test;

final class OpaqueColoursTest {

  private static ImagePixels plain(int height, int width, float value) {
    float[] values = new float[height * width];
    Arrays.fill(values, value);
    return new ImagePixels(1, height, width, values);
  }

  @Test
  void anOpaquePictureStays() {
    ImagePixels picture = new ImagePixels(2, 1, 2, new float[] {.1f, .9f, .4f, .3f});

    assertArrayEquals(picture.values(), OpaqueColours.of(picture, plain(1, 2, 1)).values(), 1e-6f);
  }

  @Test
  void transparentPartsGetTheColourOfTheOpaquePart() {
    ImagePixels picture = plain(40, 50, 1);
    ImagePixels opacity = plain(40, 50, 0);
    for (int y = 10; y < 20; y++) {
      Arrays.fill(picture.values(), y * 50 + 10, y * 50 + 20, .2f);
      Arrays.fill(opacity.values(), y * 50 + 10, y * 50 + 20, 1);
    }
    // A half transparent pixel of the same colour, on white.
    picture.values()[20 * 50 + 15] = .6f;
    opacity.values()[20 * 50 + 15] = .5f;

    for (float value : OpaqueColours.of(picture, opacity).values()) {
      assertEquals(.2f, value, 1e-4);
    }
  }

  @Test
  void aPictureWithoutOpaquePartsIsWhite() {
    assertArrayEquals(
        plain(3, 3, 1).values(), OpaqueColours.of(plain(3, 3, 1), plain(3, 3, 0)).values(), 1e-6f);
  }
}
