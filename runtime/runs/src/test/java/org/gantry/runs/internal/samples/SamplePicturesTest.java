package org.gantry.runs.internal.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.data.MixtureDataset;
import org.junit.jupiter.api.Test;

class SamplePicturesTest {

  private static final int GREY = 0x808080;

  @Test
  void imagesAreArrangedRowByRowTwoPixelsApart() {
    float[] values = new float[5 * 64 * 64];
    Arrays.fill(values, 2 * 4096, 3 * 4096, 1f);

    BufferedImage grid = ImageGrid.draw(samples(values, new Shape(1, 64, 64), 0, 1));

    assertEquals(3 * 66 + 2, grid.getWidth());
    assertEquals(2 * 66 + 2, grid.getHeight());
    assertEquals(GREY, colour(grid, 0, 0));
    assertEquals(0, colour(grid, 2, 2));
    assertEquals(0, colour(grid, 65, 65));
    assertEquals(GREY, colour(grid, 66, 65));
    assertEquals(0xFFFFFF, colour(grid, 2 * 66 + 2, 2), "the third image is the white one");
    assertEquals(GREY, colour(grid, 2 * 66 + 2, 66 + 2), "there is no sixth image");
  }

  @Test
  void smallImagesAreEnlargedByAnIntegerFactor() {
    float[] values = new float[28 * 28];
    values[28 * 3 + 5] = 1;

    BufferedImage grid = ImageGrid.draw(samples(values, new Shape(1, 28, 28), 0, 1));

    assertEquals(3 * 28 + 4, grid.getWidth());
    for (int y = 0; y < 84; y++) {
      for (int x = 0; x < 84; x++) {
        boolean white = x / 3 == 5 && y / 3 == 3;
        assertEquals(white ? 0xFFFFFF : 0, colour(grid, 2 + x, 2 + y), x + ", " + y);
      }
    }
  }

  @Test
  void theRangeOfTheDataMapsToBlackAndWhiteAndIsClipped() {
    SampleValues samples = samples(new float[1], new Shape(1, 1, 1), -1, 1);

    assertEquals(0, ImageGrid.level(samples, -1));
    assertEquals(128, ImageGrid.level(samples, 0));
    assertEquals(255, ImageGrid.level(samples, 1));
    assertEquals(0, ImageGrid.level(samples, -7));
    assertEquals(255, ImageGrid.level(samples, Float.POSITIVE_INFINITY));
    assertEquals(0, ImageGrid.level(samples, Float.NaN));
  }

  @Test
  void threeChannelsAreRedGreenAndBlue() {
    BufferedImage grid =
        ImageGrid.draw(samples(new float[] {1, 0.2f, 0}, new Shape(3, 1, 1), 0, 1));

    assertEquals(0xFF3300, colour(grid, 10, 10));
  }

  @Test
  void pointsAppearAtTheirCoordinates() {
    MixtureDataset corners = mixture(new double[] {-1, -1}, new double[] {1, 1});
    float[] middle = new float[2 * 50];

    BufferedImage plot =
        PointChart.scatter(samples(middle, new Shape(2), 0, 0), Optional.of(corners));
    BufferedImage empty =
        PointChart.scatter(samples(new float[0], new Shape(2), 0, 0), Optional.of(corners));

    // 48 pixels to the left of the axes and 28 above; 416 pixels long.
    assertNotEquals(colour(empty, 48 + 208, 28 + 208), colour(plot, 48 + 208, 28 + 208));
    assertEquals(colour(empty, 48 + 100, 28 + 208), colour(plot, 48 + 100, 28 + 208));
  }

  @Test
  void modesHaveRingsOfTwoStandardDeviations() {
    MixtureDataset one = mixture(new double[] {0, 0});
    BufferedImage plot =
        PointChart.scatter(samples(new float[0], new Shape(2), 0, 0), Optional.of(one));

    // Three deviations of 0.1 and half as much again to either side make 416 pixels.
    int radius = (int) Math.round(0.2 / 0.9 * 416);
    int orange = 0;
    for (int x = radius - 2; x <= radius + 2; x++) {
      int colour = colour(plot, 48 + 208 + x, 28 + 208 + 3);
      if ((colour & 0xFF) < 0x80) {
        orange++;
      }
    }
    assertTrue(orange >= 1, "a ring crosses the axis there");
  }

  @Test
  void histogramBarsCountTheSamples() {
    float[] values = new float[100];
    Arrays.fill(values, 0, 75, -0.5f);
    Arrays.fill(values, 75, 100, 0.5f);

    BufferedImage plot = PointChart.histogram(samples(values, new Shape(1), -1, 1));

    // The axis runs from -1.5 to 1.5 over 416 pixels.
    int left = 48 + 416 / 3 + 3;
    int right = 48 + 2 * 416 / 3 + 3;
    assertTrue(height(plot, left) > 2.8 * height(plot, right));
    assertTrue(height(plot, left) < 3.2 * height(plot, right));
  }

  private static int height(BufferedImage plot, int x) {
    int height = 0;
    for (int y = 28 + 1; y < 28 + 416; y++) {
      int colour = colour(plot, x, y);
      if ((colour >> 16) < (colour & 0xFF)) {
        height++;
      }
    }
    return height;
  }

  private static MixtureDataset mixture(double[]... centres) {
    return new MixtureDataset() {
      @Override
      public List<double[]> centres() {
        return List.of(centres);
      }

      @Override
      public double standardDeviation() {
        return 0.1;
      }
    };
  }

  private static SampleValues samples(float[] values, Shape shape, double low, double high) {
    int count = (int) (values.length / shape.size());
    return new SampleValues(FloatBuffer.wrap(values), count, shape, low, high);
  }

  private static int colour(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }
}
