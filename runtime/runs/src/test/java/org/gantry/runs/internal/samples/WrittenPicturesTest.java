package org.gantry.runs.internal.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.gantry.charts.PngText;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.runs.RunException;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
class WrittenPicturesTest {

  @TempDir Path directory;

  @Test
  void imagesBecomeAGrid(NDManager manager) throws IOException {
    Path picture = directory.resolve("a.png");

    List<Path> written =
        SamplePictures.write(
            manager.ones(new Shape(4, 1, 8, 8)),
            data(new Shape(1, 8, 8)),
            0,
            "averaged weights",
            picture);

    assertEquals(List.of(picture), written);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(2 * 66 + 2, image.getWidth());
    assertEquals(0xFFFFFF, image.getRGB(10, 10) & 0xFFFFFF);
    assertEquals(Optional.of("averaged weights"), PngText.read(Files.readAllBytes(picture)));
  }

  @Test
  void theWeightsAreNamedBelowThePicture(NDManager manager) throws IOException {
    String words = "averaged weights of the generator (weight-averaging)";
    for (Shape shape : List.of(new Shape(1, 8, 8), new Shape(2), new Shape(1), new Shape(3))) {
      NDArray samples = manager.zeros(new Shape(4).addAll(shape));
      Path plain = directory.resolve("plain.png");
      Path named = directory.resolve("named.png");
      SamplePictures.write(samples, data(shape), 0, "", plain);
      SamplePictures.write(samples, data(shape), 0, words, named);

      BufferedImage without = ImageIO.read(plain.toFile());
      BufferedImage with = ImageIO.read(named.toFile());
      assertEquals(without.getWidth(), with.getWidth());
      for (int y = 0; y < without.getHeight(); y++) {
        assertEquals(without.getRGB(0, y), with.getRGB(0, y), "row " + y);
      }
      assertTrue(hasInk(with, without.getHeight()), "no words below samples of " + shape);
    }
  }

  @Test
  void wordsThatAreWiderThanThePictureTakeSeveralLines(NDManager manager) throws IOException {
    Path narrow = directory.resolve("narrow.png");
    Path wide = directory.resolve("wide.png");
    String words = "averaged weights of the generator (weight-averaging)";
    SamplePictures.write(
        manager.zeros(new Shape(2, 1, 64, 64)), data(new Shape(1, 64, 64)), 1, words, narrow);
    SamplePictures.write(
        manager.zeros(new Shape(10, 1, 64, 64)), data(new Shape(1, 64, 64)), 10, words, wide);
    int ofNarrow = ImageIO.read(narrow.toFile()).getHeight() - (2 * 66 + 2);
    int ofWide = ImageIO.read(wide.toFile()).getHeight() - (66 + 2);
    assertTrue(ofNarrow > 3 * ofWide, ofNarrow + " and " + ofWide);
  }

  private static boolean hasInk(BufferedImage image, int fromRow) {
    for (int y = fromRow; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFF) < 0x80) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aRowOfAPathIsARowOfTheGrid(NDManager manager) throws IOException {
    Path picture = directory.resolve("a.png");
    NDArray samples =
        manager.arange(0, 7, 1f).div(6).reshape(7, 1, 1, 1).repeat(2, 64).repeat(3, 64);
    SamplePictures.write(samples.mul(2).sub(1), data(new Shape(1, 64, 64)), 5, "", picture);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(5 * 66 + 2, image.getWidth());
    assertEquals(2 * 66 + 2, image.getHeight());
    assertEquals(0x000000, image.getRGB(10, 10) & 0xFFFFFF);
    assertEquals(212, image.getRGB(10, 76) & 0xFF, "the sixth sample begins the second row");
    assertEquals(0x808080, image.getRGB(4 * 66 + 10, 76) & 0xFFFFFF);
    assertEquals(0x808080, image.getRGB(10, 2 * 66) & 0xFFFFFF);
  }

  @Test
  void anAnimationHasAFrameForEachSample(NDManager manager) throws IOException {
    Path picture = directory.resolve("walk.gif");
    NDArray samples = manager.ones(new Shape(3, 3, 8, 6));
    assertEquals(
        List.of(picture), SamplePictures.write(samples, data(new Shape(3, 8, 6)), 0, "", picture));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(picture.toFile())) {
      reader.setInput(in);
      assertEquals(3, reader.getNumImages(true));
      assertEquals(6, reader.getWidth(0));
    } finally {
      reader.dispose();
    }
    assertThrows(
        RunException.class,
        () ->
            SamplePictures.write(
                manager.ones(new Shape(3, 2)), data(new Shape(2)), 0, "", picture));
  }

  @Test
  void eachSampleGetsAFileOfItsOwnSize(NDManager manager) throws IOException {
    List<Path> written =
        SamplePictures.writeEach(
            manager.ones(new Shape(3, 1, 8, 6)), data(new Shape(1, 8, 6)), "live", directory);
    assertEquals(
        List.of("000001.png", "000002.png", "000003.png"),
        written.stream().map(file -> file.getFileName().toString()).toList());
    BufferedImage image = ImageIO.read(written.get(2).toFile());
    assertEquals(6, image.getWidth());
    assertEquals(8, image.getHeight());
    assertEquals(0xFFFFFF, image.getRGB(5, 7) & 0xFFFFFF);
  }

  @Test
  void pointsAndNumbersBecomeOnePicture(NDManager manager) throws IOException {
    for (int length = 1; length <= 2; length++) {
      Path picture = directory.resolve(length + ".png");
      NDArray samples = manager.zeros(new Shape(10, length));

      assertEquals(
          List.of(picture), SamplePictures.write(samples, data(new Shape(length)), 0, "", picture));
      assertEquals(480, ImageIO.read(picture.toFile()).getWidth());
    }
  }

  @Test
  void otherShapesGetATable(NDManager manager) throws IOException {
    Path picture = directory.resolve("a.png");
    NDArray samples = manager.create(new float[] {1, 2, 3, -0.5f, 0, 1e-3f}, new Shape(2, 3));

    List<Path> written = SamplePictures.write(samples, data(new Shape(3)), 0, "", picture);

    assertEquals(List.of(picture, directory.resolve("a.csv")), written);
    assertEquals("1.0,2.0,3.0\n-0.5,0.0,0.001\n", Files.readString(written.get(1)));
  }

  @Test
  void aFailedWriteLeavesNoPicture(NDManager manager) {
    Path picture = directory.resolve("none/a.png");

    assertThrows(
        IOException.class,
        () ->
            SamplePictures.write(
                manager.zeros(new Shape(1, 2)), data(new Shape(2)), 0, "", picture));
    assertFalse(Files.exists(directory.resolve("none")));
  }

  private static SampledDataset data(Shape shape) {
    return new SampledDataset() {
      @Override
      public List<DatasetField> fields() {
        return List.of(new DatasetField(DatasetField.IMAGE, shape, -1, 1, List.of()));
      }

      @Override
      public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
        throw new AssertionError("nothing is drawn from the data");
      }
    };
  }
}
