package org.gantry.plugin.imagefolder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DatasetField;
import org.gantry.data.PackedImages;
import org.gantry.plugin.imagefolder.ImageFolderDataset.Options;
import org.gantry.plugin.imagefolder.ImageFolderDataset.UnreadablePolicy;
import org.gantry.plugin.imagefolder.RgbPicture.ColorMode;
import org.gantry.plugin.imagefolder.RgbPicture.FitMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in folders with strange content, in zip archives, and in packed data sets. */
final class PictureSourcesTest {

  @TempDir Path folder;

  private Path write(String name, int width, int height, int grey) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, i % width < width / 2 ? grey * 0x010101 : 0xFF0000);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static Options options(Path path, int size) {
    return new Options(path, size, 0, FitMode.CROP, ColorMode.RGB, UnreadablePolicy.FAIL);
  }

  private ImageFolderDataset open(Path path) {
    return new ImageFolderDataset(options(path, 8));
  }

  private static String refusal(Options options) {
    return assertThrows(UnusableComponentException.class, () -> new ImageFolderDataset(options))
        .getMessage();
  }

  private static float[] image(ImageFolderDataset data, int index) {
    DatasetField field = data.field(DatasetField.IMAGE).orElseThrow();
    FloatBuffer into = FloatBuffer.allocate(field.length());
    data.read(index, field, into);
    return into.array();
  }

  @Test
  void whatProgramsLeaveBehindIsNeitherPictureNorClass() throws IOException {
    write("1.png", 8, 8, 10);
    write(".ipynb_checkpoints/1-checkpoint.png", 8, 8, 10);
    write(".thumbnails/1.png", 8, 8, 10);
    write("__MACOSX/1.png", 8, 8, 10);
    write("@eaDir/1.png", 8, 8, 10);
    Files.writeString(folder.resolve("Thumbs.db"), "");
    ImageFolderDataset data = open(folder);
    assertEquals(List.of(), data.inventory().classNames());
    assertEquals(folder + ": 1 picture", data.inventory().summary());
    assertEquals(5, data.inventory().omitted().size());
  }

  @Test
  void aHiddenFolderCanBeTheSource() throws IOException {
    write(".pictures/1.png", 8, 8, 10);
    assertEquals(1, open(folder.resolve(".pictures")).size());
  }

  @Test
  void filesThatAreLeftOutAreReportedByKind() throws IOException {
    write("cats/1.png", 8, 8, 10);
    for (String name : List.of("cats/2.avif", "cats/3.AVIF", "dogs/4.heic", "notes.txt")) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "");
    }
    assertEquals(
        folder
            + ": 1 picture in 1 class; left out 4 files: 2 avif (format not supported),"
            + " 1 heic (format not supported), 1 txt (not a picture)",
        open(folder).inventory().summary());
  }

  @Test
  void aFolderOfOtherFormatsIsRefusedByThem() throws IOException {
    Files.writeString(folder.resolve("1.avif"), "");
    assertEquals(
        "there is no image (png, jpg, webp, tiff, bmp, gif) in "
            + folder
            + ": left out 1 file: 1 avif (format not supported)",
        refusal(options(folder, 8)));
  }

  @Test
  void aLinkThatLeadsBackIsNamed() throws IOException {
    write("1.png", 8, 8, 10);
    Path link = Files.createSymbolicLink(folder.resolve("again"), folder);
    assertEquals(
        link
            + " cannot be read: it is a link to a folder above it; remove it, or set unreadable:"
            + " skip",
        refusal(options(folder, 8)));
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("missing.png"));
    assertTrue(refusal(options(folder, 8)).contains("it is a link to a file that does not exist"));
    ImageFolderDataset data =
        new ImageFolderDataset(
            new Options(folder, 8, 0, FitMode.CROP, ColorMode.RGB, UnreadablePolicy.SKIP));
    assertEquals(1, data.size());
  }

  @Test
  void aZipArchiveIsReadAsItsFolder() throws IOException {
    write("cats/1.png", 16, 8, 10);
    write("dogs/2.png", 8, 16, 20);
    Path zip = folder.resolve("pictures.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("dogs/2.png", "cats/1.png")) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(folder.resolve(name), out);
      }
      out.putNextEntry(new ZipEntry("__MACOSX/cats/._1.png"));
    }
    ImageFolderDataset zipped = open(zip);
    Files.move(zip, folder.resolve("cats/pictures.zip"));
    ImageFolderDataset plain = open(folder);
    assertEquals(plain.fields(), zipped.fields());
    assertEquals(plain.inventory().pictures(), zipped.inventory().pictures());
    assertArrayEquals(image(plain, 1), image(zipped, 1));
  }

  @Test
  void theFingerprintChangesWithTheFiles() throws IOException {
    write("1.png", 8, 8, 10);
    String before = open(folder).inventory().fingerprint();
    assertEquals(before, open(folder).inventory().fingerprint());
    write("2.png", 8, 8, 10);
    assertNotEquals(before, open(folder).inventory().fingerprint());
  }

  @Test
  void aSinglePictureIsADataSetOfOne() throws IOException {
    write("1.png", 8, 8, 10);
    ImageFolderDataset data = open(write("2.png", 8, 8, 20));
    assertEquals(1, data.size());
    assertEquals(20 / 127.5f - 1, image(data, 0)[0], 1e-6);
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "a,b");
    assertEquals(
        file
            + " is not a folder, a zip archive or a packed data set; name a folder with"
            + " images",
        refusal(options(file, 8)));
  }

  private Path pack(ImageFolderDataset data) throws IOException {
    Path packed = folder.resolve("set" + PackedImages.ENDING);
    try (OutputStream out = Files.newOutputStream(packed)) {
      PackedImages.write(
          out,
          data,
          data.inventory().pictures().stream().map(FoundPicture::name).toList(),
          "a test");
    }
    return packed;
  }

  @Test
  void aPackedSetIsTheSameDataSet() throws IOException {
    write("cats/1.png", 16, 8, 10);
    write("dogs/2.png", 8, 16, 20);
    ImageFolderDataset plain = open(folder);
    ImageFolderDataset packed = open(pack(plain));
    assertEquals(plain.fields(), packed.fields());
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(image(plain, i), image(packed, i));
      assertEquals(
          plain.inventory().pictures().get(i).label(),
          packed.inventory().pictures().get(i).label());
    }
    assertEquals("dogs/2.png", packed.inventory().pictures().get(1).name());
  }

  @Test
  void aPackedSetIsScaledDownButNotUp() throws IOException {
    write("1.png", 8, 8, 100);
    Path packed = pack(open(folder));
    ImageFolderDataset half = new ImageFolderDataset(options(packed, 4));
    assertEquals(100 / 127.5f - 1, image(half, 0)[0], 1e-6);
    assertEquals(
        packed
            + " has pictures of 8 x 8 pixels, smaller than 9 x 9; set size: 8, or pack larger ones",
        refusal(options(packed, 9)));
  }

  @Test
  void picturesOfAnotherShapeAreCroppedPaddedOrStretched() throws IOException {
    write("1.png", 16, 8, 0);
    for (FitMode fit : FitMode.values()) {
      ImageFolderDataset data =
          new ImageFolderDataset(
              new Options(folder, 8, 4, fit, ColorMode.GREY, UnreadablePolicy.FAIL));
      assertEquals(new Shape(1, 8, 4), data.field(DatasetField.IMAGE).orElseThrow().shape());
      float corner = image(data, 0)[0];
      float centre = image(data, 0)[4 * 4];
      assertEquals(fit == FitMode.PAD ? 1 : -1, corner, 0.01);
      assertEquals(-1, centre, 0.01);
    }
  }
}
