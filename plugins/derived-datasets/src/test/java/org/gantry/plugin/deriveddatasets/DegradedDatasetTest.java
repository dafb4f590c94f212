package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

final class DegradedDatasetTest implements ComponentContract {

  /** Black images with a white pixel, whose place is the index. */
  private record Spots(int size) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(1, 4, 4), DatasetField.label(List.of("even", "odd")));
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.name().equals(DatasetField.LABEL)) {
        into.put(index % 2);
      } else {
        for (int i = 0; i < field.length(); i++) {
          into.put(i == index ? 1 : -1);
        }
      }
    }

    @Override
    public Optional<Dataset> heldOut() {
      return size > 3 ? Optional.of(new Spots(3)) : Optional.empty();
    }
  }

  private static DegradedDataset degraded(double contrast, double background, double noise) {
    return new DegradedDataset(
        new DegradedDataset.Options(new Spots(10), contrast, contrast, background, noise, "clean"));
  }

  private static float[] read(IndexedDataset data, int index, String name) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    return into.array();
  }

  @Override
  public Object createComponent() {
    return degraded(0.5, 0.9, 0.3);
  }

  @Test
  void contrastScalesTheValues() {
    float[] image = read(degraded(0.5, 0, 0), 2, DatasetField.IMAGE);

    assertEquals(0.5f, image[2]);
    assertEquals(-0.5f, image[3]);
  }

  @Test
  void theBackgroundRisesEvenlyAcrossTheImage() {
    float[] image = read(degraded(0, 0.5, 0), 2, DatasetField.IMAGE);

    assertEquals(image[1] - image[0], image[2] - image[1], 1e-6);
    assertEquals(image[4] - image[0], image[8] - image[4], 1e-6);
    assertEquals(0.5, Math.hypot(image[3] - image[0], image[12] - image[0]) / 2, 1e-6);
  }

  @Test
  void theSameIndexAlwaysGivesTheSameNoise() {
    DegradedDataset data = degraded(0.5, 0.9, 0.3);
    float[] first = read(data, 2, DatasetField.IMAGE);

    assertArrayEquals(first, read(data, 2, DatasetField.IMAGE));
    assertFalse(Arrays.equals(first, read(data, 3, DatasetField.IMAGE)));
  }

  @Test
  void valuesStayInTheRangeOfTheData() {
    float[] image = read(degraded(1, 5, 1), 2, DatasetField.IMAGE);

    for (float value : image) {
      assertTrue(value >= -1 && value <= 1, "value " + value);
    }
  }

  @Test
  void theCleanImageAndTheOtherFieldsStay() {
    DegradedDataset data = degraded(0.5, 0.9, 0.3);

    assertArrayEquals(read(new Spots(10), 2, DatasetField.IMAGE), read(data, 2, "clean"));
    assertEquals(1, read(data, 3, DatasetField.LABEL)[0]);
  }

  @Test
  void heldOutImagesAreDegradedAlike() {
    IndexedDataset held = (IndexedDataset) degraded(0.5, 0, 0).heldOut().orElseThrow();

    assertEquals(3, held.size());
    assertEquals(0.5f, read(held, 1, DatasetField.IMAGE)[1]);
  }

  @Test
  void dataWithoutImagesAreRefused() {
    IndexedDataset points = new FakeDataset(0, 4, List.of());

    String refusal =
        assertThrows(
                UnusableComponentException.class,
                () ->
                    new DegradedDataset(
                        new DegradedDataset.Options(points, 0.3, 0.8, 0.9, 0.3, "clean")))
            .getMessage();

    assertTrue(refusal.contains("has no images"), refusal);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    String refusal =
        assertThrows(
                UnusableComponentException.class,
                () ->
                    new DegradedDataset(
                        new DegradedDataset.Options(new Spots(4), 0.3, 0.8, 0.9, 0.3, "label")))
            .getMessage();

    assertTrue(refusal.contains("'label' already"), refusal);
  }
}
