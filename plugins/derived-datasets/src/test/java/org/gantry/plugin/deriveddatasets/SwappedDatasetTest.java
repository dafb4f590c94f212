package org.gantry.plugin.deriveddatasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

final class SwappedDatasetTest implements ComponentContract {

  /** Photographs with a sketch of each, in other sizes. */
  private record Pairs(int size) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          DatasetField.image(1, 2, 2),
          DatasetField.image("sketch", 1, 1, 1),
          DatasetField.label(List.of("one", "two")));
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      IntStream.range(0, field.length())
          .forEach(i -> into.put(field.name().equals("label") ? 1 : field.name().length() / 10f));
    }

    @Override
    public String caption(int index) {
      return "pair " + index;
    }

    @Override
    public Optional<Dataset> heldOut() {
      return size > 1 ? Optional.of(new Pairs(1)) : Optional.empty();
    }
  }

  private static SwappedDataset swapped(IndexedDataset of, String field, String former) {
    return new SwappedDataset(new SwappedDataset.Options(of, field, former));
  }

  private static float[] read(IndexedDataset data, String name) {
    FloatBuffer into = FloatBuffer.allocate(data.field(name).orElseThrow().length());
    data.read(1, data.field(name).orElseThrow(), into);
    return into.array();
  }

  private static String refusal(IndexedDataset of, String field, String former) {
    return assertThrows(UnusableComponentException.class, () -> swapped(of, field, former))
        .getMessage();
  }

  @Override
  public Object createComponent() {
    return swapped(new Pairs(3), "sketch", "photo");
  }

  @Test
  void theFurtherImageIsTheImageAndTheFormerOneKeepsAnotherName() {
    SwappedDataset sketches = swapped(new Pairs(3), "sketch", "photo");

    assertEquals(
        List.of("photo", "image", "label"),
        sketches.fields().stream().map(DatasetField::name).toList());
    assertArrayEquals(new float[] {0.6f}, read(sketches, "image"));
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, read(sketches, "photo"));
    assertArrayEquals(new float[] {1}, read(sketches, "label"));
    assertEquals("pair 2", sketches.caption(2));
  }

  @Test
  void theTwoImagesCanTradeNames() {
    SwappedDataset sketches = swapped(new Pairs(3), "sketch", "sketch");

    assertEquals(4, read(sketches, "sketch").length);
    assertEquals(1, read(sketches, "image").length);
  }

  @Test
  void heldOutSamplesAreSwappedAsWell() {
    IndexedDataset held =
        (IndexedDataset) swapped(new Pairs(3), "sketch", "photo").heldOut().orElseThrow();

    assertEquals(1, held.size());
    assertEquals(1, held.field("image").orElseThrow().length());
  }

  @Test
  void unknownImagesAndTakenNamesAreRefused() {
    assertEquals(
        "the data set has no further image 'sketches'; it has sketch",
        refusal(new Pairs(3), "sketches", "photo"));
    assertEquals(
        "the data set has no further image 'label'; it has sketch",
        refusal(new Pairs(3), "label", "photo"));
    assertEquals(
        "the data set has no further image 'sketch'; its samples have one image each",
        refusal(new FakeDataset(0, 3, List.of()), "sketch", "photo"));
    assertEquals(
        "the data have a field 'label' already; choose another name for the former image",
        refusal(new Pairs(3), "sketch", "label"));
  }
}
