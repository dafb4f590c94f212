package org.gantry.plugin.slicedwasserstein;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class LaplacianPyramidsTest {

  private static PyramidChannel constant(int height, int width, float value) {
    float[] values = new float[height * width];
    Arrays.fill(values, value);
    return new PyramidChannel(height, width, values);
  }

  private static float[] noise(int length) {
    RandomGenerator random = new RandomStreams(1).at("noise");
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void aConstantChannelStaysConstantAtEverySize() {
    for (int side : new int[] {16, 17, 28, 35}) {
      PyramidChannel plane = constant(side, side + 1, 0.7f);
      PyramidChannel small = plane.downsample();
      assertEquals((side + 1) / 2, small.height());
      assertEquals((side + 2) / 2, small.width());
      for (float value : small.values()) {
        assertEquals(0.7f, value, 1e-6);
      }
    }
    for (float value : constant(8, 8, 0.7f).upsample(16, 16).values()) {
      assertEquals(0.7f, value, 1e-6);
    }
  }

  @Test
  void aPointIsSpreadByTheBinomialFilter() {
    float[] values = new float[64];
    values[4 * 8 + 4] = 256;
    PyramidChannel small = new PyramidChannel(8, 8, values).downsample();
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 0, 1, 6, 1, 0, 6, 36, 6, 0, 1, 6, 1}, small.values(), 1e-5f);
    float[] one = new float[16];
    one[5] = 64;
    float[] up = new PyramidChannel(4, 4, one).upsample(8, 8).values();
    assertEquals(36, up[2 * 8 + 2], 1e-5);
    assertEquals(24, up[2 * 8 + 3], 1e-5);
    assertEquals(16, up[3 * 8 + 3], 1e-5);
    assertEquals(6, up[2 * 8 + 4], 1e-5);
  }

  @Test
  void levelsGoDownToSixteenPixels() {
    assertEquals(List.of(64, 32, 16), new LaplacianPyramids(new Shape(3, 64, 64)).sides());
    assertEquals(List.of(32, 16), new LaplacianPyramids(new Shape(1, 32, 32)).sides());
    assertEquals(List.of(28), new LaplacianPyramids(new Shape(1, 28, 28)).sides());
    assertTrue(LaplacianPyramids.supports(new Shape(1, 16, 20)));
    assertFalse(LaplacianPyramids.supports(new Shape(1, 15, 20)));
    assertFalse(LaplacianPyramids.supports(new Shape(2)));
  }

  @Test
  void theLevelsReconstructTheImage() {
    float[] image = noise(2 * 64 * 64);
    PyramidChannel[][] levels = new LaplacianPyramids(new Shape(2, 64, 64)).pyramid(image);
    assertEquals(3, levels.length);
    for (int channel = 0; channel < 2; channel++) {
      PyramidChannel sum = levels[2][channel];
      for (int level = 1; level >= 0; level--) {
        PyramidChannel detail = levels[level][channel];
        PyramidChannel zero = constant(detail.height(), detail.width(), 0);
        sum = detail.minus(zero.minus(sum.upsample(detail.height(), detail.width())));
      }
      float[] expected = Arrays.copyOfRange(image, channel * 4096, (channel + 1) * 4096);
      assertArrayEquals(expected, sum.values(), 1e-5f);
    }
  }

  @Test
  void descriptorsAreNormalisedPerChannel() {
    PyramidChannel[] image = {
      new PyramidChannel(16, 16, noise(256)),
      new PyramidChannel(16, 16, noise(256)),
      constant(16, 16, 3)
    };
    for (int i = 0; i < 256; i++) {
      image[1].values()[i] = 5 + 100 * image[1].values()[i];
    }
    PatchDescriptors descriptors = new PatchDescriptors(3, 50);
    descriptors.add(image, 50, new RandomStreams(2).at("places"));
    FloatBuffer into = FloatBuffer.allocate(50 * 147);
    descriptors.writeNormalised(into);
    assertEquals(0, into.remaining());
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 50 * 147; i++) {
        if (i / 49 % 3 == channel) {
          sum += into.get(i);
          squares += into.get(i) * into.get(i);
        }
      }
      assertEquals(0, sum / (50 * 49), 1e-5);
      assertEquals(channel == 2 ? 0 : 1, squares / (50 * 49), 1e-4);
    }
  }
}
