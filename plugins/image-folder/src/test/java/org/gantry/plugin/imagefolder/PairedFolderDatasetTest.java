package org.gantry.plugin.imagefolder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.DatasetSplit;
import org.gantry.data.IndexedDataset;
import org.gantry.plugin.imagefolder.PairedFolderDataset.GivenHalf;
import org.gantry.plugin.imagefolder.RgbPicture.ColorMode;
import org.gantry.plugin.imagefolder.RgbPicture.FitMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairedFolderDatasetTest {

  private static final int BLACK = 0;
  private static final int GREY = 0x808080;
  private static final int WHITE = 0xFFFFFF;

  @TempDir Path folder;

  @Test
  void picturesOfTheSameNameArePairs() throws IOException {
    write("sketches/b.png", BLACK);
    write("sketches/a.png", WHITE);
    write("photos/a.bmp", GREY);
    write("photos/b.bmp", WHITE);
    PairedFolderDataset data = folders(false, DatasetSplit.ALL);

    assertEquals(2, data.size());
    assertEquals("a", data.caption(0));
    assertEquals(1, pixel(data, 0, "given", 0), 0.01);
    assertEquals(0, pixel(data, 0, "image", 0), 0.01);
    assertEquals(-1, pixel(data, 1, "given", 0), 0.01);
    assertEquals(1, pixel(data, 1, "image", 0), 0.01);
  }

  @Test
  void halvesOfAPictureArePairs() throws IOException {
    write("both/a.png", BLACK, WHITE);
    PairedFolderDataset left = halves(GivenHalf.LEFT, false);
    PairedFolderDataset right = halves(GivenHalf.RIGHT, false);

    assertEquals(-1, pixel(left, 0, "given", 3), 0.01);
    assertEquals(1, pixel(left, 0, "image", 0), 0.01);
    assertEquals(1, pixel(right, 0, "given", 0), 0.01);
    assertEquals(-1, pixel(right, 0, "image", 3), 0.01);
  }

  @Test
  void bothSidesOfAPairAreMirrored() throws IOException {
    write("both/a.png", BLACK, GREY, GREY, WHITE);
    PairedFolderDataset data = halves(GivenHalf.LEFT, true);

    assertEquals(2, data.size());
    assertEquals(-1, pixel(data, 0, "given", 0), 0.01);
    assertEquals(-1, pixel(data, 1, "given", 3), 0.01);
    assertEquals(1, pixel(data, 0, "image", 3), 0.01);
    assertEquals(1, pixel(data, 1, "image", 0), 0.01);
  }

  @Test
  void partsAreSplitByName() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("sketches/" + i + ".png", BLACK);
      write("photos/" + i + ".bmp", WHITE);
    }
    PairedFolderDataset train = folders(false, DatasetSplit.TRAIN);
    IndexedDataset heldOut = (IndexedDataset) train.heldOut().orElseThrow();

    assertEquals(40, train.size() + heldOut.size());
    assertTrue(heldOut.size() > 0);
    assertTrue(DatasetSplit.TEST.contains(heldOut.caption(0)));
  }

  @Test
  void pictureWithoutCounterpartIsRefusedByName() throws IOException {
    write("sketches/a.png", BLACK);
    write("sketches/b.png", BLACK);
    write("photos/a.bmp", WHITE);

    assertRefused("1 of the 2 pictures of");
    assertRefused("such as b; rename or remove them");
  }

  @Test
  void twoPicturesOfOneNameAreRefused() throws IOException {
    write("sketches/a.png", BLACK);
    write("sketches/a.bmp", BLACK);
    write("photos/a.bmp", WHITE);

    assertRefused("has a.bmp and a.png, of which only one can be in a pair");
  }

  private void assertRefused(String part) {
    String message =
        assertThrows(UnusableComponentException.class, () -> folders(false, DatasetSplit.ALL))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  private PairedFolderDataset folders(boolean mirrored, DatasetSplit split) {
    return new PairedFolderDataset(
        options("sketches", folder.resolve("photos"), GivenHalf.LEFT, mirrored, split));
  }

  private PairedFolderDataset halves(GivenHalf half, boolean mirrored) {
    return new PairedFolderDataset(options("both", Path.of(""), half, mirrored, DatasetSplit.ALL));
  }

  private PairedFolderDataset.Options options(
      String given, Path image, GivenHalf half, boolean mirrored, DatasetSplit split) {
    return new PairedFolderDataset.Options(
        folder.resolve(given),
        image,
        half,
        4,
        0,
        FitMode.STRETCH,
        ColorMode.RGB,
        ColorMode.GREY,
        mirrored,
        split);
  }

  private static float pixel(IndexedDataset data, int index, String name, int column) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    assertEquals(0, into.remaining());
    return into.get(column);
  }

  /**
   * Writes a picture 4 pixels high: one to four stripes, 8 columns wide in all if more than one.
   */
  private void write(String name, int... colours) throws IOException {
    int stripe = colours.length > 2 ? 2 : 4;
    BufferedImage image = new BufferedImage(stripe * colours.length, 4, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < 4; y++) {
        image.setRGB(x, y, colours[x / stripe]);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
  }
}
