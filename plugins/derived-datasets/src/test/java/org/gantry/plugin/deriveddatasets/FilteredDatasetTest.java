package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.BicubicWeights;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.junit.jupiter.api.Test;

final class FilteredDatasetTest {

  /** One grey image of 2 x 2 pixels, with another one held out. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Square(float[] values, Optional<Dataset> heldOut) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(1, 2, 2));
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      into.put(values);
    }

    @Override
    public String caption(int index) {
      return "square";
    }
  }

  private static final Square SQUARE =
      new Square(
          new float[] {-1, -0.5f, 0.5f, 1},
          Optional.of(new Square(new float[] {1, 1, 1, 1}, Optional.empty())));

  private static float[] read(IndexedDataset data, String name) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(0, field, into);
    return into.array();
  }

  @Test
  void anOutlineIsDarkWherePixelsDifferFromTheirNeighbours() {
    OutlinedDataset outlined = new OutlinedDataset(new OutlinedDataset.Options(SQUARE));

    assertArrayEquals(new float[] {-1, -1, 0, 1}, read(outlined, "outline"));
  }

  @Test
  void flatTonesAreTheMeansOfEqualPartsOfTheRange() {
    FlattenedDataset flattened = new FlattenedDataset(new FlattenedDataset.Options(SQUARE, 2));

    assertArrayEquals(new float[] {-0.75f, -0.75f, 0.75f, 0.75f}, read(flattened, "flat"));
  }

  /** A line of 8 pixels by the weights of arXiv:1609.04802's bicubic kernel, factor 2. */
  @Test
  void aLineIsReducedByWidenedBicubicWeights() {
    BicubicWeights half = new BicubicWeights(16, 8);

    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, half.resize(pixel -> 1), 1e-12);
    double[] slope = half.resize(pixel -> pixel);
    assertEquals(2 * 3 + 0.5, slope[3], 1e-12);
    double[] point = half.resize(pixel -> pixel == 7 ? 1 : 0);
    assertEquals(0.43359375, point[3], 1e-9);
    assertEquals(0.11328125, point[4], 1e-9);
    assertEquals(-0.03515625, point[2], 1e-9);
  }

  @Test
  void smallImagesHaveTheSidesDividedByTheFactor() {
    DownscaledDataset small = new DownscaledDataset(new DownscaledDataset.Options(SQUARE, 2));

    assertArrayEquals(new float[] {0}, read(small, "small"), 1e-6f);
    assertEquals(
        "images of 2 x 2 pixels cannot be made 3 times smaller without a rest",
        assertThrows(
                UnusableComponentException.class,
                () -> new DownscaledDataset(new DownscaledDataset.Options(SQUARE, 3)))
            .getMessage());
  }

  @Test
  void enlargedImagesHaveTheSidesTimesTheFactorAndKeepTheOtherFields() {
    EnlargedDataset large = new EnlargedDataset(new EnlargedDataset.Options(SQUARE, 2));

    float[] pixels = read(large, DatasetField.IMAGE);
    assertEquals(16, pixels.length);
    assertEquals(-1, pixels[0]);
    assertEquals(1, pixels[15]);
    assertEquals("square", large.caption(0));
    assertArrayEquals(
        new float[] {1, 1, 1, 1},
        Arrays.copyOf(read((IndexedDataset) large.heldOut().orElseThrow(), DatasetField.IMAGE), 4),
        1e-6f);
  }

  @Test
  void theImagesTheirCaptionsAndTheHeldOutPartStay() {
    FlattenedDataset flattened = new FlattenedDataset(new FlattenedDataset.Options(SQUARE, 2));

    assertArrayEquals(SQUARE.values(), read(flattened, DatasetField.IMAGE));
    assertEquals("square", flattened.caption(0));
    assertArrayEquals(
        new float[] {1, 1, 1, 1}, read((IndexedDataset) flattened.heldOut().orElseThrow(), "flat"));
  }

  @Test
  void dataThatHaveTheFieldAlreadyAreRefused() {
    FlattenedDataset flattened = new FlattenedDataset(new FlattenedDataset.Options(SQUARE, 2));

    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> new FlattenedDataset(new FlattenedDataset.Options(flattened, 3)));
    assertEquals("the data have a field 'flat' already", refusal.getMessage());
  }

  @Test
  void dataWithoutPicturesAreRefused() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () ->
                new OutlinedDataset(new OutlinedDataset.Options(new FakeDataset(0, 3, List.of()))));
    assertEquals("it needs a data set of images", refusal.getMessage());
  }
}
