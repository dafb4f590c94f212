package org.gantry.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.gantry.component.UnusableComponentException;
import org.junit.jupiter.api.Test;

final class BundledFileTest {

  private static BundledFile file(String name) {
    return new BundledFile(BundledFileTest.class, name);
  }

  @Test
  void aFileNextToAClassIsRead() {
    assertArrayEquals(
        new byte[] {(byte) 0xca, (byte) 0xfe},
        file("BundledFileTest.class").read(stream -> stream.readNBytes(2)));
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals(
        "cannot read the bundled missing.tsv",
        assertThrows(
                UncheckedIOException.class,
                () -> file("missing.tsv").read(InputStream::readAllBytes))
            .getMessage());
  }

  @Test
  void aSheetOfTilesIsDecodedWhenAnImageIsRead() {
    ByteImages images = TileSheet.images(file("missing.png"), 4, new int[] {0, 2}, 3);
    assertEquals(new Shape(3, 4, 4), images.field("image").shape());
    assertEquals(2, images.count());
    assertThrows(UncheckedIOException.class, () -> images.value(0, 0, 0, 0));
  }

  @Test
  void anIdxFileHasItsSizesBeforeItsValuesAreRead() {
    ByteImages images = IdxFile.read(file("truncated.idx")).images();
    assertEquals(new Shape(1, 1, 3), images.field("image").shape());
    assertEquals(2, images.count());
    assertEquals(
        "truncated.idx is truncated: its header announces 2 x 1 x 3 = 6 values, but only 5 follow",
        assertThrows(UnusableComponentException.class, () -> images.value(0, 0, 0, 0))
            .getMessage());
  }

  @Test
  void anIdxFileGivesTheValuesOfTheBundle() {
    assertEquals(255, IdxFile.read(file("images.idx.gz")).images().value(1, 0, 0, 2));
  }
}
