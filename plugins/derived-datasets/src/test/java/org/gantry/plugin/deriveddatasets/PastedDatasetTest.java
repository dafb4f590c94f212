package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.plugin.deriveddatasets.PastedDataset.PasteSource;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

final class PastedDatasetTest implements ComponentContract {

  private static final int SIDE = 8;

  /** Colour images of one value each, which is the index in tenths from -0.5. */
  private record Plain(int size) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(3, SIDE, SIDE));
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      for (int i = 0; i < field.length(); i++) {
        into.put(value(index));
      }
    }

    @Override
    public Optional<Dataset> heldOut() {
      return size > 1 ? Optional.of(new Plain(1)) : Optional.empty();
    }
  }

  private static float value(int index) {
    return -0.5f + index / 10f;
  }

  private static PastedDataset pasted(PasteSource from, double gain, double bias) {
    return new PastedDataset(new PastedDataset.Options(new Plain(5), 0.5, from, gain, bias));
  }

  private static float[] read(IndexedDataset data, int index) {
    DatasetField field = data.field("pasted").orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    return into.array();
  }

  private static float at(float[] image, int channel, int row, int column) {
    return image[(channel * SIDE + row) * SIDE + column];
  }

  @Override
  public Object createComponent() {
    return pasted(PasteSource.SAME, 0.5, 0.3);
  }

  @Test
  void onlyTheMiddleChanges() {
    float[] image = read(pasted(PasteSource.SAME, 0, 0.3), 2);

    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        boolean inside = row >= 2 && row < 6 && column >= 2 && column < 6;
        float expected = inside ? at(image, 1, 3, 3) : value(2);
        assertEquals(expected, at(image, 1, row, column), 1e-6, row + ", " + column);
      }
    }
    assertNotEquals(value(2), at(image, 1, 3, 3), 1e-3);
  }

  @Test
  void theChangeIsAGainAndABiasWithinTheirLimits() {
    Set<Float> seen = new HashSet<>();
    for (int index = 0; index < 5; index++) {
      float[] image = read(pasted(PasteSource.SAME, 0.5, 0.1), index);
      for (int channel = 0; channel < 3; channel++) {
        double share = (value(index) + 1) / 2;
        double changed = (at(image, channel, 3, 3) + 1) / 2;
        assertTrue(changed >= 0.5 * share - 0.1 - 1e-6, index + " " + changed);
        assertTrue(changed <= 1.5 * share + 0.1 + 1e-6, index + " " + changed);
        seen.add(at(image, channel, 3, 3));
      }
    }
    assertEquals(15, seen.size(), "each channel of each image changes by itself");
  }

  @Test
  void theMiddleOfAnotherImageIsNeverThatOfTheImageItself() {
    PastedDataset data = pasted(PasteSource.ANOTHER, 0, 0);
    Set<Float> others = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      DatasetField field = data.field("pasted").orElseThrow();
      FloatBuffer into = FloatBuffer.allocate(field.length());
      data.read(2, field, new RandomStreams(seed).at("reading"), into);
      assertEquals(value(2), at(into.array(), 0, 0, 0), 1e-6);
      others.add((float) Math.round(10 * at(into.array(), 0, 3, 3)));
    }

    assertEquals(Set.of(-5f, -4f, -2f, -1f), others);
  }

  @Test
  void theSameIndexAlwaysGivesTheSamePaste() {
    PastedDataset data = pasted(PasteSource.SAME, 0.5, 0.3);

    assertArrayEquals(read(data, 2), read(data, 2));
    assertFalse(Arrays.equals(read(data, 2), read(data, 3)));
  }

  @Test
  void aHeldOutPartOfOneImageIsPastedIntoItself() {
    IndexedDataset held =
        (IndexedDataset) pasted(PasteSource.ANOTHER, 0, 0).heldOut().orElseThrow();

    assertEquals(value(0), at(read(held, 0), 0, 3, 3), 1e-6);
  }

  @Test
  void anotherImageOfASingleOneIsRefused() {
    PastedDataset.Options options =
        new PastedDataset.Options(new Plain(1), 0.5, PasteSource.ANOTHER, 0, 0);

    assertEquals(
        "the data have no other image that could be pasted",
        assertThrows(UnusableComponentException.class, () -> new PastedDataset(options))
            .getMessage());
  }
}
