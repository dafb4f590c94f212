package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

final class AugmentedDatasetTest implements ComponentContract {

  private static final int READINGS = 200;

  /**
   * One pair of images of 3 x 4 pixels, whose values rise from -1 by eighths. The given image has
   * two equal channels.
   */
  private record Slopes(int givenRows, boolean heldOutPart) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          DatasetField.image(1, 3, 4),
          DatasetField.image("given", 2, givenRows, 4),
          DatasetField.label(List.of("only")));
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      for (int i = 0; i < field.length(); i++) {
        into.put(field.name().equals(DatasetField.LABEL) ? 0 : i % 12 / 8f - 1);
      }
    }

    @Override
    public String caption(int index) {
      return "slope";
    }

    @Override
    public Optional<Dataset> heldOut() {
      return heldOutPart ? Optional.of(new Slopes(3, false)) : Optional.empty();
    }
  }

  private static final Slopes SLOPES = new Slopes(3, true);

  private static AugmentedDataset augmented(
      IndexedDataset of, int size, boolean mirrored, double brightness, double contrast) {
    return new AugmentedDataset(
        new AugmentedDataset.Options(of, size, 0, mirrored, brightness, contrast));
  }

  @Override
  public Object createComponent() {
    return augmented(SLOPES, 2, true, 0.2, 0.5);
  }

  private static float[] read(IndexedDataset data, String name) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(0, field, into);
    return into.array();
  }

  private static float[] read(IndexedDataset data, String name, int reading) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(0, field, new RandomStreams(1).at("readings", reading), into);
    return into.array();
  }

  /** All different images that trainings read. */
  private static List<String> readings(IndexedDataset data) {
    TreeSet<String> seen = new TreeSet<>();
    for (int reading = 0; reading < READINGS; reading++) {
      seen.add(Arrays.toString(read(data, DatasetField.IMAGE, reading)));
    }
    return new ArrayList<>(seen);
  }

  @Test
  void allPartsOfAnImageAreRead() {
    List<String> parts = readings(augmented(SLOPES, 2, false, 0, 0));

    assertEquals(2 * 3, parts.size());
    assertTrue(parts.contains("[-1.0, -0.875, -0.5, -0.375]"), parts.toString());
    assertTrue(parts.contains("[-0.25, -0.125, 0.25, 0.375]"), parts.toString());
  }

  @Test
  void halfOfTheReadingsAreMirrored() {
    AugmentedDataset data = augmented(SLOPES, 0, true, 0, 0);
    int mirrored = 0;
    for (int reading = 0; reading < READINGS; reading++) {
      float[] image = read(data, DatasetField.IMAGE, reading);
      assertEquals(0.125f, Math.abs(image[0] - image[1]));
      mirrored += image[0] > image[1] ? 1 : 0;
    }

    assertEquals(2, readings(data).size());
    assertEquals(READINGS / 2.0, mirrored, 25);
  }

  @Test
  void allImagesOfASampleChangeAlike() {
    AugmentedDataset data = augmented(SLOPES, 2, true, 0.2, 0.5);
    for (int reading = 0; reading < READINGS; reading++) {
      float[] given = read(data, "given", reading);
      float[] image = read(data, DatasetField.IMAGE, reading);
      assertArrayEquals(image, Arrays.copyOfRange(given, 0, 4));
      assertArrayEquals(image, Arrays.copyOfRange(given, 4, 8));
    }
  }

  @Test
  void brightnessAndContrastStayWithinTheirLimits() {
    AugmentedDataset brighter = augmented(SLOPES, 0, false, 0.1, 0);
    AugmentedDataset harder = augmented(SLOPES, 0, false, 0, 0.5);
    for (int reading = 0; reading < READINGS; reading++) {
      float[] bright = read(brighter, DatasetField.IMAGE, reading);
      float[] hard = read(harder, DatasetField.IMAGE, reading);
      assertEquals(-0.375, bright[5], 0.2 + 1e-6);
      assertEquals(-0.375, hard[5], 0.1875 + 1e-6);
      assertEquals(0, hard[8]);
      assertTrue(bright[0] >= -1 && hard[0] >= -1);
    }
    assertTrue(readings(brighter).size() > READINGS / 2);
  }

  @Test
  void plainSamplesAreTheMiddleOfTheImages() {
    AugmentedDataset data = augmented(SLOPES, 1, true, 0.2, 0.5);

    assertArrayEquals(new float[] {-0.375f}, read(data, DatasetField.IMAGE));
    assertArrayEquals(new float[] {0}, read(data, DatasetField.LABEL));
    assertEquals("slope", data.caption(0));
  }

  @Test
  void heldOutSamplesAreCutToo() {
    IndexedDataset held = (IndexedDataset) augmented(SLOPES, 2, true, 0, 0).heldOut().orElseThrow();

    assertEquals(augmented(SLOPES, 2, true, 0, 0).fields(), held.fields());
    assertEquals(Optional.empty(), held.heldOut());
  }

  @Test
  void unsuitableImagesAreRefused() {
    assertEquals(
        "a part of 4 x 4 pixels is larger than the images of 4 x 3; make the images larger, or the part smaller",
        refusal(SLOPES, 4));
    assertEquals(
        "the images of a sample differ in size: image has the shape (1, 3, 4), and given (2, 6, 4)",
        refusal(new Slopes(6, false), 2));
    assertEquals(
        "the data set has no images of rows and columns",
        refusal(new FakeDataset(0, 9, List.of()), 2));
  }

  private static String refusal(IndexedDataset of, int size) {
    return assertThrows(UnusableComponentException.class, () -> augmented(of, size, false, 0, 0))
        .getMessage();
  }
}
