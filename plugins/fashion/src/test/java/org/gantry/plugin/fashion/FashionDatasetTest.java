package org.gantry.plugin.fashion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.gantry.data.IndexedDataset;
import org.junit.jupiter.api.Test;

final class FashionDatasetTest {

  private static FashionDataset fashion(DatasetSplit split, int size, String... classes) {
    return new FashionDataset(new FashionDataset.Options(split, List.of(classes), size));
  }

  private static float[] read(FashionDataset fashion, int index, String name) {
    DatasetField field = fashion.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    fashion.read(index, field, into);
    return into.array();
  }

  private static Set<Integer> contents(FashionDataset fashion) {
    Set<Integer> contents = new HashSet<>();
    for (int i = 0; i < fashion.size(); i++) {
      contents.add(Arrays.hashCode(read(fashion, i, DatasetField.IMAGE)));
    }
    return contents;
  }

  @Test
  void everyKindOfClothesHasAThousandSamples() {
    FashionDataset all = fashion(DatasetSplit.ALL, 28);
    assertEquals(10_000, all.size());
    int[] counts = new int[10];
    for (int i = 0; i < all.size(); i++) {
      counts[(int) read(all, i, DatasetField.LABEL)[0]]++;
    }
    int[] expected = new int[10];
    Arrays.fill(expected, 1000);
    assertArrayEquals(expected, counts);
  }

  @Test
  void valuesFillTheRangeFromMinusOneToOne() {
    FashionDataset test = fashion(DatasetSplit.TEST, 32);
    assertEquals(new Shape(1, 32, 32), test.field(DatasetField.IMAGE).orElseThrow().shape());
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
    FashionDataset train = fashion(DatasetSplit.TRAIN, 28);
    FashionDataset test = fashion(DatasetSplit.TEST, 28);
    assertEquals(10_000, train.size() + test.size());
    Set<Integer> common = contents(train);
    common.retainAll(contents(test));
    assertEquals(Set.of(), common);
  }

  @Test
  void heldOutPartOfTheTrainingIsTheTestPart() {
    IndexedDataset heldOut =
        (IndexedDataset) fashion(DatasetSplit.TRAIN, 28).heldOut().orElseThrow();

    assertEquals(fashion(DatasetSplit.TEST, 28).size(), heldOut.size());
    assertTrue(fashion(DatasetSplit.TEST, 28).heldOut().isEmpty());
  }

  @Test
  void chosenClothesGetLabelsInTheirOrder() {
    FashionDataset shoes = fashion(DatasetSplit.ALL, 28, "ankle-boot", "sneaker");
    assertEquals(2000, shoes.size());
    assertEquals(
        List.of("ankle-boot", "sneaker"),
        shoes.field(DatasetField.LABEL).orElseThrow().classNames());
  }

  @Test
  void unknownClothesAreRefusedWithTheValidNames() {
    UnusableComponentException exception =
        assertThrows(UnusableComponentException.class, () -> fashion(DatasetSplit.ALL, 28, "hat"));
    assertTrue(
        exception.getMessage().startsWith("fashion has no class 'hat'; the classes are t-shirt, "));
  }
}
