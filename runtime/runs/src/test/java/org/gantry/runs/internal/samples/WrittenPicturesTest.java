package org.gantry.runs.internal.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
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
            manager.ones(new Shape(4, 1, 8, 8)), data(new Shape(1, 8, 8)), picture);

    assertEquals(List.of(picture), written);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(2 * 66 + 2, image.getWidth());
    assertEquals(0xFFFFFF, image.getRGB(10, 10) & 0xFFFFFF);
  }

  @Test
  void pointsAndNumbersBecomeOnePicture(NDManager manager) throws IOException {
    for (int length = 1; length <= 2; length++) {
      Path picture = directory.resolve(length + ".png");
      NDArray samples = manager.zeros(new Shape(10, length));

      assertEquals(
          List.of(picture), SamplePictures.write(samples, data(new Shape(length)), picture));
      assertEquals(480, ImageIO.read(picture.toFile()).getWidth());
    }
  }

  @Test
  void otherShapesGetATable(NDManager manager) throws IOException {
    Path picture = directory.resolve("a.png");
    NDArray samples = manager.create(new float[] {1, 2, 3, -0.5f, 0, 1e-3f}, new Shape(2, 3));

    List<Path> written = SamplePictures.write(samples, data(new Shape(3)), picture);

    assertEquals(List.of(picture, directory.resolve("a.csv")), written);
    assertEquals("1.0,2.0,3.0\n-0.5,0.0,0.001\n", Files.readString(written.get(1)));
  }

  @Test
  void aFailedWriteLeavesNoPicture(NDManager manager) {
    Path picture = directory.resolve("none/a.png");

    assertThrows(
        IOException.class,
        () -> SamplePictures.write(manager.zeros(new Shape(1, 2)), data(new Shape(2)), picture));
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
