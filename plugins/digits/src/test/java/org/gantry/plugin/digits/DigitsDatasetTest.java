package org.gantry.plugin.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.junit.jupiter.api.Test;

final class DigitsDatasetTest {

  private static DigitsDataset digits(DatasetSplit split, int size, Integer... classes) {
    return new DigitsDataset(new DigitsDataset.Options(split, List.of(classes), size));
  }

  private static float[] read(DigitsDataset digits, int index, String name) {
    DatasetField field = digits.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    digits.read(index, field, into);
    assertEquals(0, into.remaining());
    return into.array();
  }

  private static Set<Integer> contents(DigitsDataset digits) {
    Set<Integer> contents = new HashSet<>();
    for (int i = 0; i < digits.size(); i++) {
      contents.add(Arrays.hashCode(read(digits, i, DatasetField.IMAGE)));
    }
    return contents;
  }

  @Test
  void tenThousandDigitsHaveAboutAThousandOfEach() {
    DigitsDataset all = digits(DatasetSplit.ALL, 28);
    assertEquals(10_000, all.size());
    assertEquals(new Shape(1, 28, 28), all.field(DatasetField.IMAGE).orElseThrow().shape());
    int[] counts = new int[10];
    for (int i = 0; i < all.size(); i++) {
      counts[(int) read(all, i, DatasetField.LABEL)[0]]++;
    }
    for (int count : counts) {
      assertEquals(1000, (double) count, 150);
    }
  }

  @Test
  void valuesFillTheRangeFromMinusOneToOne() {
    DigitsDataset test = digits(DatasetSplit.TEST, 28);
    double low = 0;
    double high = 0;
    for (int i = 0; i < test.size(); i++) {
      for (float value : read(test, i, DatasetField.IMAGE)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    assertEquals(-1, low);
    assertEquals(1, high);
  }

  @Test
  void trainAndTestAreDisjointAndComplete() {
    DigitsDataset train = digits(DatasetSplit.TRAIN, 28);
    DigitsDataset test = digits(DatasetSplit.TEST, 28);
    assertEquals(10_000, train.size() + test.size());
    assertEquals(1000, (double) test.size(), 100);
    Set<Integer> common = contents(train);
    common.retainAll(contents(test));
    assertEquals(Set.of(), common);
  }

  @Test
  void paddingAddsABlackBorder() {
    float[] small = read(digits(DatasetSplit.TEST, 28), 5, DatasetField.IMAGE);
    float[] large = read(digits(DatasetSplit.TEST, 32), 5, DatasetField.IMAGE);
    for (int row = 0; row < 32; row++) {
      for (int column = 0; column < 32; column++) {
        boolean inside = row >= 2 && row < 30 && column >= 2 && column < 30;
        float expected = inside ? small[(row - 2) * 28 + column - 2] : -1;
        assertEquals(expected, large[row * 32 + column]);
      }
    }
  }

  @Test
  void chosenDigitsGetLabelsInTheirOrder() {
    DigitsDataset some = digits(DatasetSplit.TEST, 28, 7, 1);
    assertEquals(List.of("7", "1"), some.field(DatasetField.LABEL).orElseThrow().classNames());
    assertTrue(some.size() > 100 && some.size() < 300);
    for (int i = 0; i < some.size(); i++) {
      assertTrue(read(some, i, DatasetField.LABEL)[0] <= 1);
    }
  }

  @Test
  void elevenIsNotADigit() {
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> digits(DatasetSplit.ALL, 28, 11));
    assertEquals("there is no class 11; the classes are 0 to 9", exception.getMessage());
  }
}
