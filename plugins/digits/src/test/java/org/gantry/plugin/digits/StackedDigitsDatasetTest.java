package org.gantry.plugin.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.junit.jupiter.api.Test;

final class StackedDigitsDatasetTest {

  private static final int PIXELS = 28 * 28;

  private static StackedDigitsDataset stacked(int triples) {
    return new StackedDigitsDataset(
        new StackedDigitsDataset.Options(triples, 1, DatasetSplit.TRAIN, 28));
  }

  @Test
  void aSampleHasThreeChannelsAndALabelOfThreeDigits() {
    StackedDigitsDataset digits = stacked(0);

    assertEquals(new Shape(3, 28, 28), digits.field(DatasetField.IMAGE).orElseThrow().shape());
    assertEquals(1000, digits.field(DatasetField.LABEL).orElseThrow().classNames().size());
    assertEquals("007", digits.field(DatasetField.LABEL).orElseThrow().classNames().get(7));
  }

  @Test
  void everyChannelIsADigitOfTheLabel() {
    StackedDigitsDataset digits = stacked(0);
    Map<String, Integer> labels = new HashMap<>();
    for (int i = 0; i < digits.channelDataset().size(); i++) {
      labels.put(pixels(digits, i), label(digits, i));
    }
    Random random = new Random(1);
    for (int sample = 0; sample < 20; sample++) {
      Map<String, FloatBuffer> drawn = draw(digits, random);
      float[] image = drawn.get(DatasetField.IMAGE).array();
      int combined = 0;
      for (int channel = 0; channel < 3; channel++) {
        float[] one = Arrays.copyOfRange(image, channel * PIXELS, (channel + 1) * PIXELS);
        combined = 10 * combined + labels.get(Arrays.toString(one));
      }
      assertEquals(combined, (int) drawn.get(DatasetField.LABEL).get(0));
    }
  }

  @Test
  void fixedTriplesRepeatAndNewOnesRarelyDo() {
    assertTrue(different(stacked(5), 60) <= 5);
    assertEquals(60, different(stacked(0), 60));
  }

  @Test
  void theSameSetHasTheSameTriples() {
    float[] once = draw(stacked(100), new Random(3)).get(DatasetField.IMAGE).array();
    float[] again = draw(stacked(100), new Random(3)).get(DatasetField.IMAGE).array();

    assertArrayEquals(once, again);
  }

  @Test
  void allThousandModesOccur() {
    StackedDigitsDataset digits = stacked(128_000);
    Random random = new Random(1);
    Set<Float> modes = new HashSet<>();
    for (int i = 0; i < 15_000; i++) {
      modes.add(draw(digits, random).get(DatasetField.LABEL).get(0));
    }
    assertEquals(1000, modes.size());
  }

  private static long different(StackedDigitsDataset digits, int draws) {
    Random random = new Random(7);
    Set<String> images = new HashSet<>();
    for (int i = 0; i < draws; i++) {
      images.add(Arrays.toString(draw(digits, random).get(DatasetField.IMAGE).array()));
    }
    return images.size();
  }

  private static Map<String, FloatBuffer> draw(StackedDigitsDataset digits, Random random) {
    Map<String, FloatBuffer> into =
        Map.of(
            DatasetField.IMAGE,
            FloatBuffer.allocate(3 * PIXELS),
            DatasetField.LABEL,
            FloatBuffer.allocate(1));
    digits.draw(random, into);
    return into;
  }

  private static String pixels(StackedDigitsDataset digits, int index) {
    FloatBuffer into = FloatBuffer.allocate(PIXELS);
    digits
        .channelDataset()
        .read(index, digits.channelDataset().field(DatasetField.IMAGE).orElseThrow(), into);
    return Arrays.toString(into.array());
  }

  private static int label(StackedDigitsDataset digits, int index) {
    FloatBuffer into = FloatBuffer.allocate(1);
    digits
        .channelDataset()
        .read(index, digits.channelDataset().field(DatasetField.LABEL).orElseThrow(), into);
    return (int) into.get(0);
  }
}
