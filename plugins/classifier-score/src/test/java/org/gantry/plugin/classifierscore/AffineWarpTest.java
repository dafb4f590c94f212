package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class AffineWarpTest {

  private static final float[] SQUARE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static float[] apply(AffineWarp warp, float... image) {
    FloatBuffer into = FloatBuffer.allocate(image.length);
    warp.apply(image, into);
    return into.array();
  }

  @Test
  void theIdentityChangesNothing() {
    assertArrayEquals(SQUARE, apply(new AffineWarp(3, 3, 1, 0, 0, 1, 0, 0), SQUARE));
  }

  @Test
  void aQuarterTurnMovesCornerToCorner() {
    float[] turned = {3, 6, 9, 2, 5, 8, 1, 4, 7};
    assertArrayEquals(turned, apply(new AffineWarp(3, 3, 0, -1, 1, 0, 0, 0), SQUARE));
  }

  @Test
  void aShiftInterpolatesAndRepeatsTheBorder() {
    float[] shifted = {1.5f, 2.5f, 3, 4.5f, 5.5f, 6, 7.5f, 8.5f, 9};
    assertArrayEquals(shifted, apply(new AffineWarp(3, 3, 1, 0, 0, 1, 0.5, 0), SQUARE), 1e-6f);
  }

  @Test
  void everyChannelHasTheSameMap() {
    float[] two = Arrays.copyOf(SQUARE, 18);
    System.arraycopy(SQUARE, 0, two, 9, 9);
    float[] mapped =
        apply(AffineWarp.draw(new RandomStreams(1).at("warp"), new Shape(2, 3, 3)), two);
    assertArrayEquals(Arrays.copyOf(mapped, 9), Arrays.copyOfRange(mapped, 9, 18));
  }

  @Test
  void theSameSeedDrawsTheSameWarp() {
    Shape shape = new Shape(1, 28, 28);
    RandomStreams streams = new RandomStreams(5);
    assertEquals(
        AffineWarp.draw(streams.at("warp", 1), shape),
        AffineWarp.draw(streams.at("warp", 1), shape));
    assertNotEquals(
        AffineWarp.draw(streams.at("warp", 1), shape),
        AffineWarp.draw(streams.at("warp", 2), shape));
  }
}
