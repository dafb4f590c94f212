package org.gantry.runs.blending;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TensorTest
final class PictureBlenderTest {

  private static final double WEIGHT = 0.05;

  /** Smooth hills with fine grain, from 0.1 to 0.6. */
  private static ImagePixels texture(String name, int channels, int height, int width) {
    RandomGenerator random = new RandomStreams(8).at(name);
    double phase = random.nextDouble(6);
    float[] values = new float[channels * height * width];
    for (int i = 0; i < values.length; i++) {
      int y = i / width % height;
      int x = i % width;
      double hills = Math.sin(phase + x / 7.0 + y / 31.0) * Math.cos(phase + y / 9.0);
      values[i] = (float) (0.35 + 0.1 * hills + 0.06 * random.nextDouble(-1, 1));
    }
    return new ImagePixels(channels, height, width, values);
  }

  private static ImagePixels brighter(ImagePixels picture, double by) {
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) by;
    }
    return new ImagePixels(picture.channels(), picture.height(), picture.width(), values);
  }

  /** The middle of a picture, of half the sides. */
  private static ImagePixels middle(int height, int width) {
    float[] values = new float[height * width];
    for (int y = height / 4; y < height - height / 4; y++) {
      Arrays.fill(values, y * width + width / 4, y * width + width - width / 4, 1);
    }
    return new ImagePixels(1, height, width, values);
  }

  private static ImagePixels full(int height, int width, float value) {
    float[] values = new float[height * width];
    Arrays.fill(values, value);
    return new ImagePixels(1, height, width, values);
  }

  private static ImagePixels blend(NDManager manager, BlendSolver solver, BlendInput input) {
    return new PictureBlender(manager, new BlendSettings(solver, WEIGHT, 64))
        .blend(input, ColourSource.ofBackground(), (done, total) -> {});
  }

  /** The differences of neighbours whose masks add up to a sum. */
  private static double[] differences(ImagePixels picture, ImagePixels mask, float sum) {
    List<Double> found = new ArrayList<>();
    int width = mask.width();
    for (int at = 0; at < mask.values().length; at++) {
      if (at % width + 1 < width && mask.values()[at] + mask.values()[at + 1] == sum) {
        found.add((double) picture.values()[at + 1] - picture.values()[at]);
      }
      int below = at + width;
      if (below < mask.values().length && mask.values()[at] + mask.values()[below] == sum) {
        found.add((double) picture.values()[below] - picture.values()[at]);
      }
    }
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double meanJump(ImagePixels picture, ImagePixels mask) {
    return Arrays.stream(differences(picture, mask, 1)).map(Math::abs).average().orElseThrow();
  }

  private static double correlation(double[] first, double[] second) {
    double firstMean = Arrays.stream(first).average().orElseThrow();
    double secondMean = Arrays.stream(second).average().orElseThrow();
    double both = 0;
    double firstSquares = 0;
    double secondSquares = 0;
    for (int i = 0; i < first.length; i++) {
      both += (first[i] - firstMean) * (second[i] - secondMean);
      firstSquares += (first[i] - firstMean) * (first[i] - firstMean);
      secondSquares += (second[i] - secondMean) * (second[i] - secondMean);
    }
    return both / Math.sqrt(firstSquares * secondSquares);
  }

  private static double meanInside(ImagePixels picture, ImagePixels mask) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < mask.values().length; i++) {
      sum += mask.values()[i] * picture.values()[i];
      count += mask.values()[i];
    }
    return sum / count;
  }

  @ParameterizedTest
  @EnumSource(BlendSolver.class)
  void theSeamVanishesAndTheGradientsInsideStay(BlendSolver solver, NDManager manager) {
    for (int side : new int[] {64, 150}) {
      ImagePixels mask = middle(side, side);
      ImagePixels background = texture("background", 1, side, side);
      ImagePixels foreground = brighter(texture("foreground", 1, side, side), 0.3);
      BlendInput input = new BlendInput(foreground, background, mask);

      ImagePixels blended = blend(manager, solver, input);

      double usual = meanJump(background, mask);
      double excess = meanJump(blended, mask) - usual;
      assertTrue(
          excess < 0.5 * (meanJump(input.pasted(), mask) - usual), side + " pixels: " + excess);
      double kept = correlation(differences(blended, mask, 2), differences(foreground, mask, 2));
      assertTrue(kept > 0.9, side + " pixels: " + kept);
    }
  }

  @ParameterizedTest
  @EnumSource(BlendSolver.class)
  void theColoursMoveToThoseOfTheBackground(BlendSolver solver, NDManager manager) {
    int side = 100;
    ImagePixels mask = middle(side, side);
    ImagePixels background = texture("background", 1, side, side);
    ImagePixels foreground = brighter(texture("foreground", 1, side, side), 0.3);

    ImagePixels blended = blend(manager, solver, new BlendInput(foreground, background, mask));

    double before = meanInside(foreground, mask);
    double moved = before - meanInside(blended, mask);
    assertTrue(moved > 0.6 * (before - meanInside(background, mask)), "moved by " + moved);
  }

  @ParameterizedTest
  @EnumSource(BlendSolver.class)
  void underAnEmptyMaskTheBackgroundStays(BlendSolver solver, NDManager manager) {
    ImagePixels background = texture("background", 3, 90, 131);
    BlendInput input =
        new BlendInput(texture("foreground", 3, 90, 131), background, full(90, 131, 0));

    assertArrayEquals(background.values(), blend(manager, solver, input).values(), 1e-5f);
  }

  @Test
  void underAFullMaskOnlyTheColoursOfTheForegroundChange(NDManager manager) {
    ImagePixels foreground = texture("foreground", 1, 64, 64);
    BlendInput input = new BlendInput(foreground, brighter(foreground, 0.2), full(64, 64, 1));

    assertArrayEquals(
        brighter(foreground, 0.2).values(),
        blend(manager, BlendSolver.SCREENED, input).values(),
        1e-5f);
  }

  @ParameterizedTest
  @CsvSource({"28, 28", "1, 40", "300, 5", "129, 64"})
  void picturesHaveAnySize(int height, int width, NDManager manager) {
    ImagePixels background = texture("background", 1, height, width);
    BlendInput input =
        new BlendInput(
            texture("foreground", 1, height, width), background, full(height, width, 0.5f));

    ImagePixels blended = blend(manager, BlendSolver.CODE, input);

    assertEquals(height, blended.height());
    assertEquals(width, blended.width());
    for (float value : blended.values()) {
      assertTrue(value >= 0 && value <= 1, "value " + value);
    }
  }

  /** A bright object at the left edge must not shine on the right one. */
  @Test
  void nothingPassesFromOneEdgeToTheOpposite(NDManager manager) {
    ImagePixels background = full(40, 64, 0.2f);
    ImagePixels mask = full(40, 64, 0);
    for (int y = 0; y < 40; y++) {
      Arrays.fill(mask.values(), y * 64, y * 64 + 3, 1);
    }
    ImagePixels blended =
        new PictureBlender(manager, new BlendSettings(BlendSolver.CODE, 1, 64))
            .blend(
                new BlendInput(full(40, 64, 0.9f), background, mask),
                BlendInput::pasted,
                (done, total) -> {});

    assertTrue(blended.values()[20 * 64] > 0.4, "at the object: " + blended.values()[20 * 64]);
    assertEquals(0.2f, blended.values()[20 * 64 + 63], 2e-3);
  }

  @Test
  void theColoursComeFromTheCoarsestLevel(NDManager manager) {
    List<String> sizes = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    ImagePixels blended =
        new PictureBlender(manager, new BlendSettings(BlendSolver.CODE, 1, 20))
            .blend(
                new BlendInput(
                    texture("foreground", 3, 61, 80),
                    texture("background", 3, 61, 80),
                    middle(61, 80)),
                coarse -> {
                  sizes.add(coarse.mask().width() + " x " + coarse.mask().height());
                  float[] half = new float[coarse.background().values().length];
                  Arrays.fill(half, 0.8f);
                  return new ImagePixels(3, coarse.mask().height(), coarse.mask().width(), half);
                },
                (done, total) -> steps.add(done + "/" + total));

    assertEquals(List.of("20 x 16"), sizes);
    assertEquals("9/9", steps.get(8));
    assertEquals(
        0.8, meanInside(new ImagePixels(1, 183, 80, blended.values()), full(183, 80, 1)), 0.02);
  }

  @Test
  void aForegroundIsPlacedAndCutOffAtTheEdges() {
    ImagePixels foreground = new ImagePixels(1, 2, 2, new float[] {.1f, .2f, .3f, .4f});
    BlendInput placed = BlendInput.place(foreground, full(2, 2, 1), full(3, 3, .9f), 1, -1);

    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 0, 0, 0, 0}, placed.mask().values());
    assertArrayEquals(
        new float[] {.9f, .3f, .4f, .9f, .9f, .9f, .9f, .9f, .9f}, placed.pasted().values(), 1e-6f);
    assertEquals(
        "expected a mask of 2 x 2 pixels, not 3 x 3",
        assertThrows(
                IllegalArgumentException.class,
                () -> BlendInput.place(foreground, full(3, 3, 1), full(3, 3, 0), 0, 0))
            .getMessage());
  }
}
