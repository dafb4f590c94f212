package org.gantry.plugin.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxDatasetTest {

  private static final Path NONE = Path.of("");

  @TempDir Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeTwoPictures() throws IOException {
    images = folder.resolve("images.idx");
    Files.write(
        images,
        new byte[] {
          0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, (byte) 255, (byte) 255, 102, 0
        });
    labels = folder.resolve("labels.gz");
    try (OutputStream zip = new GZIPOutputStream(Files.newOutputStream(labels))) {
      zip.write(new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 2, 0});
    }
  }

  private static IdxDataset idx(Path images, Path labels, int size) {
    return new IdxDataset(new IdxDataset.Options(images, labels, size));
  }

  private static float[] read(IdxDataset idx, int index, String name) {
    DatasetField field = idx.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    idx.read(index, field, into);
    return into.array();
  }

  private static String refusal(Path images, Path labels, int size) {
    return assertThrows(UnusableComponentException.class, () -> idx(images, labels, size))
        .getMessage();
  }

  @Test
  void imagesWithoutLabelsHaveTheShapeInTheFile() {
    IdxDataset idx = idx(images, NONE, 0);
    assertEquals(2, idx.size());
    assertEquals(1, idx.fields().size());
    assertEquals(new Shape(1, 1, 3), idx.field(DatasetField.IMAGE).orElseThrow().shape());
    assertArrayEquals(new float[] {1, -0.2f, -1}, read(idx, 1, DatasetField.IMAGE), 1e-6f);
  }

  @Test
  void theLargestLabelSetsTheNumberOfClasses() {
    IdxDataset idx = idx(images, labels, 0);
    assertEquals(List.of("0", "1", "2"), idx.field(DatasetField.LABEL).orElseThrow().classNames());
    assertEquals(2, read(idx, 0, DatasetField.LABEL)[0]);
  }

  @Test
  void aSizeAddsABlackBorder() {
    IdxDataset idx = idx(images, NONE, 3);
    assertArrayEquals(
        new float[] {-1, -1, -1, -1, -0.6f, 1, -1, -1, -1},
        read(idx, 0, DatasetField.IMAGE),
        1e-6f);
  }

  @Test
  void aSizeSmallerThanTheImagesIsRefused() {
    assertEquals(
        images
            + " has images of 1 x 3 pixels, which are larger than 2 x 2; set size to 0 or at least"
            + " 3",
        refusal(images, NONE, 2));
  }

  @Test
  void differentCountsOfImagesAndLabelsAreRefused() throws IOException {
    Path three = folder.resolve("three.idx");
    Files.write(three, new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2});
    assertEquals(
        images + " has 2 images, but " + three + " has 3 labels; use two files of the same part",
        refusal(images, three, 0));
  }

  @Test
  void swappedAndMissingFilesAreRefusedByName() {
    assertEquals(
        labels
            + " has one dimension, 2; a file of images has three, count x height x width. Is it"
            + " the file of labels?",
        refusal(labels, images, 0));
    Path missing = folder.resolve("missing.gz");
    assertEquals(missing + " does not exist; name an IDX file", refusal(missing, NONE, 0));
  }
}
