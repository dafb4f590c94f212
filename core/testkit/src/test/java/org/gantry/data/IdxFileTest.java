package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.gantry.component.UnusableComponentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFileTest {

  /** Two images of 1 x 3 pixels. */
  private static final byte[] IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255
  };

  private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 7, (byte) 200};

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static IdxFile read(byte[] bytes) throws IOException {
    return IdxFile.read(new ByteArrayInputStream(bytes), "file");
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(UnusableComponentException.class, () -> read(bytes)).getMessage();
  }

  @Test
  void plainAndGzippedFilesReadTheSame() throws IOException {
    for (byte[] bytes : new byte[][] {IMAGES, gzip(IMAGES)}) {
      ByteImages images = read(bytes).images();
      assertEquals(2, images.count());
      assertEquals(1, images.height());
      assertEquals(3, images.width());
      assertEquals(255, images.value(1, 0, 0, 2));
    }
    assertArrayEquals(new int[] {7, 200}, read(gzip(LABELS)).labels());
  }

  @Test
  void aFileOfAnotherFormatIsRefusedAndTheMessageShowsItsFirstBytes() {
    assertEquals(
        "file is not an IDX file: it starts with the bytes 89 50 4e 47; files of images start with"
            + " 00 00 08 03 and files of labels with 00 00 08 01",
        refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0}));
    assertTrue(refusal(new byte[0]).contains("it is empty"));
  }

  @Test
  void valuesOfAnotherTypeAreRefused() {
    byte[] floats = IMAGES.clone();
    floats[2] = 0x0d;
    assertEquals(
        "file holds values of IDX type 0x0d; only unsigned bytes, type 0x08, are supported",
        refusal(floats));
  }

  @Test
  void aTruncatedFileIsRefusedAndTheMessageHasBothCounts() throws IOException {
    assertEquals(
        "file is truncated: its header announces 2 x 1 x 3 = 6 values, but only 5 follow",
        refusal(Arrays.copyOf(IMAGES, IMAGES.length - 1)));
    assertEquals(
        "file is truncated: it ends within its header; copy the file again",
        refusal(Arrays.copyOf(IMAGES, 9)));
    byte[] zipped = gzip(IMAGES);
    assertEquals(
        "file is truncated: its gzip stream ends too early; copy the file again",
        refusal(Arrays.copyOf(zipped, zipped.length - 12)));
  }

  @Test
  void aFileThatContinuesAfterItsValuesIsRefused() {
    assertEquals(
        "file is corrupt: it continues after the 2 x 1 x 3 values of its header",
        refusal(Arrays.copyOf(IMAGES, IMAGES.length + 1)));
  }

  @Test
  void sizesOutOfRangeAreRefusedBeforeValuesAreRead() {
    byte[] huge = IMAGES.clone();
    huge[4] = (byte) 0xff;
    assertTrue(refusal(huge).startsWith("file announces 4278190082 x 1 x 3 values"), refusal(huge));
    byte[] none = IMAGES.clone();
    none[7] = 0;
    assertTrue(refusal(none).startsWith("file announces 0 x 1 x 3 values"));
  }

  @Test
  void swappedImagesAndLabelsAreRefused() throws IOException {
    IdxFile labels = read(LABELS);
    IdxFile images = read(IMAGES);
    assertEquals(
        "file has one dimension, 2; a file of images has three, count x height x width. Is it the"
            + " file of labels?",
        assertThrows(UnusableComponentException.class, labels::images).getMessage());
    assertEquals(
        "file has 3 dimensions, 2 x 1 x 3; a file of labels has one. Is it the file of images?",
        assertThrows(UnusableComponentException.class, images::labels).getMessage());
  }

  @Test
  void aMissingFileIsRefusedByName(@TempDir Path folder) {
    Path missing = folder.resolve("digits.idx");
    assertEquals(
        missing + " does not exist; name an IDX file",
        assertThrows(UnusableComponentException.class, () -> IdxFile.read(missing)).getMessage());
    assertEquals(
        folder + " is not a file; name an IDX file",
        assertThrows(UnusableComponentException.class, () -> IdxFile.read(folder)).getMessage());
  }
}
