package org.gantry.plugin.imagefolder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderDatasetTest {

  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;

  @TempDir Path folder;

  /** Writes an image with one colour in the left half and another in the right half. */
  private Path write(String name, int width, int height, int left, int right) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, x < width / 2 ? left : right);
      }
    }
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!format.equals("png")) {
      BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      opaque.createGraphics().drawImage(image, 0, 0, null);
      image = opaque;
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private ImageFolderDataset read(int size, RgbPicture.ColorMode channels) {
    return read(size, channels, ImageFolderDataset.UnreadablePolicy.FAIL);
  }

  private ImageFolderDataset read(
      int size, RgbPicture.ColorMode channels, ImageFolderDataset.UnreadablePolicy unreadable) {
    return new ImageFolderDataset(
        new ImageFolderDataset.Options(
            folder, size, 0, RgbPicture.FitMode.CROP, channels, unreadable));
  }

  private static float[] read(ImageFolderDataset data, int index, String name) {
    DatasetField field = data.field(name).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    assertEquals(0, into.remaining());
    return into.array();
  }

  private String refusal() {
    return assertThrows(UnusableComponentException.class, () -> read(8, RgbPicture.ColorMode.RGB))
        .getMessage();
  }

  @Test
  void everyFormatIsReadAndOtherFilesAreIgnored() throws IOException {
    for (String ending : List.of("png", "jpg", "bmp", "gif")) {
      write("picture." + ending, 8, 8, RED, RED);
    }
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    Files.writeString(folder.resolve("._hidden.png"), "no picture");
    ImageFolderDataset data = read(8, RgbPicture.ColorMode.RGB);
    assertEquals(4, data.size());
    assertEquals(List.of(DatasetField.image(3, 8, 8)), data.fields());
    for (int i = 0; i < 4; i++) {
      float[] pixels = read(data, i, DatasetField.IMAGE);
      assertEquals(1, pixels[0], 0.03, "red");
      assertEquals(-1, pixels[64], 0.03, "green");
      assertEquals(-1, pixels[128], 0.03, "blue");
    }
  }

  @Test
  void theCentreSquareIsDownscaledByMeans() throws IOException {
    // The centre square of 8x4 is half red, half blue; its only pixel is their mean.
    write("wide.png", 8, 4, RED, BLUE);
    float[] pixels = read(read(4, RgbPicture.ColorMode.RGB), 0, DatasetField.IMAGE);
    assertArrayEquals(new float[] {1, 1, -1, -1}, Arrays.copyOf(pixels, 4));
    assertArrayEquals(
        new float[] {128 / 127.5f - 1, -1, 128 / 127.5f - 1},
        read(read(1, RgbPicture.ColorMode.RGB), 0, DatasetField.IMAGE));
  }

  @Test
  void greyIsTheLumaOfTheColours() throws IOException {
    write("red.png", 4, 4, RED, 0xFF00FF00);
    float[] pixels = read(read(4, RgbPicture.ColorMode.GREY), 0, DatasetField.IMAGE);
    assertEquals(16, pixels.length);
    assertEquals(76 / 127.5 - 1, pixels[0], 1e-6);
    assertEquals(150 / 127.5 - 1, pixels[3], 1e-6);
  }

  @Test
  void greyFilesKeepTheirStoredValues() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(2, 1, 0, 100);
    ImageIO.write(image, "png", folder.resolve("grey.png").toFile());
    for (RgbPicture.ColorMode channels :
        List.of(RgbPicture.ColorMode.RGB, RgbPicture.ColorMode.GREY)) {
      float[] pixels = read(read(4, channels), 0, DatasetField.IMAGE);
      assertEquals(100 / 127.5 - 1, pixels[6], 1e-6);
      assertEquals(-1, pixels[7]);
    }
  }

  @Test
  void smallImagesAreEnlargedAndTransparencyBecomesWhite() throws IOException {
    write("clear.png", 2, 2, 0, 0);
    for (float value : read(read(8, RgbPicture.ColorMode.RGB), 0, DatasetField.IMAGE)) {
      assertEquals(1, value);
    }
  }

  @Test
  void subFoldersAreClassesInAlphabeticalOrder() throws IOException {
    write("dogs/1.png", 4, 4, RED, RED);
    write("cats/deep/2.png", 4, 4, BLUE, BLUE);
    write("cats/3.png", 4, 4, BLUE, BLUE);
    ImageFolderDataset data = read(4, RgbPicture.ColorMode.RGB);
    assertEquals(
        List.of("cats", "dogs"), data.field(DatasetField.LABEL).orElseThrow().classNames());
    assertEquals(new Shape(), data.field(DatasetField.LABEL).orElseThrow().shape());
    assertEquals(0, read(data, 0, DatasetField.LABEL)[0]);
    assertEquals(0, read(data, 1, DatasetField.LABEL)[0]);
    assertEquals(1, read(data, 2, DatasetField.LABEL)[0]);
    assertEquals(1, read(data, 2, DatasetField.IMAGE)[0], "the dog is red");
  }

  @Test
  void anImageIsDecodedOnce() throws IOException {
    Path file = write("once.png", 4, 4, RED, RED);
    ImageFolderDataset data = read(4, RgbPicture.ColorMode.RGB);
    float[] first = read(data, 0, DatasetField.IMAGE);
    Files.delete(file);
    assertArrayEquals(first, read(data, 0, DatasetField.IMAGE));
  }

  @Test
  void aFileThatIsNotAnImageIsRefusedByNameBeforeTraining() throws IOException {
    write("good.png", 4, 4, RED, RED);
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    assertEquals(
        bad
            + " cannot be read as an image: it is not a PNG, JPEG, GIF, BMP, TIFF or WebP"
            + " file; repair or remove it, or set unreadable: skip",
        refusal());
  }

  @Test
  void aTruncatedImageIsRefusedByNameBeforeTraining() throws IOException {
    for (String ending : List.of("png", "jpg", "gif", "bmp")) {
      Path file = write("cut." + ending, 64, 64, RED, BLUE);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length * 9 / 10));
      String refusal = refusal();
      assertTrue(refusal.startsWith(file + " cannot be read as an image: "), refusal);
      Files.delete(file);
    }
  }

  @Test
  void unreadableImagesAreLeftOutWithSkip() throws IOException {
    Path cut = write("cats/cut.png", 64, 64, BLUE, BLUE);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 60));
    Files.writeString(folder.resolve("cats/none.jpg"), "no picture");
    ImageFolderDataset.UnreadablePolicy skip = ImageFolderDataset.UnreadablePolicy.SKIP;
    assertTrue(
        assertThrows(
                UnusableComponentException.class, () -> read(4, RgbPicture.ColorMode.RGB, skip))
            .getMessage()
            .startsWith(
                "no image in " + folder + " can be decoded; cats/cut.png: it is truncated"));
    write("cats/whole.png", 4, 4, BLUE, BLUE);
    write("dogs/whole.png", 4, 4, RED, RED);
    ImageFolderDataset data = read(4, RgbPicture.ColorMode.RGB, skip);
    assertEquals(2, data.size());
    assertEquals(
        folder
            + ": 2 pictures in 2 classes; left out 2 files: 1 jpg (unreadable), 1 png"
            + " (unreadable)",
        data.inventory().summary());
    assertEquals(-1, read(data, 0, DatasetField.IMAGE)[0], "the cat is blue");
    assertEquals(1, read(data, 1, DatasetField.LABEL)[0]);
  }

  @Test
  void emptyAndMixedFoldersAreRefused() throws IOException {
    assertEquals("there is no image (png, jpg, webp, tiff, bmp, gif) in " + folder, refusal());
    write("cats/1.png", 4, 4, RED, RED);
    write("2.png", 4, 4, RED, RED);
    assertEquals(
        folder
            + " has images in sub-folders (cats) and outside of them (2.png); put all images into"
            + " sub-folders, one per class, or none",
        refusal());
  }

  @Test
  void aMissingFolderIsRefusedByName() {
    folder = folder.resolve("missing");
    assertEquals(folder + " does not exist; name a folder with images", refusal());
  }
}
