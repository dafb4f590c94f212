package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.gantry.cli.CommandFixture.CommandResult;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.data.DataInventory.OmissionCause;
import org.gantry.data.DataInventory.OmittedFile;
import org.gantry.data.DatasetField;
import org.gantry.data.FileDataset;
import org.gantry.data.IndexedDataset;
import org.gantry.data.PackedImages;
import org.gantry.data.SampledDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCommandsTest {

  @TempDir Path folder;

  /** Pictures of one colour each. */
  private record PlainPictures(List<Integer> colours, List<OmittedFile> omitted)
      implements IndexedDataset, FileDataset {

    @Override
    public DataInventory inventory() {
      List<FoundPicture> pictures =
          colours.stream()
              .map(colour -> new FoundPicture("p%06x.png".formatted(colour), "png", 40, 20, 0))
              .toList();
      return new DataInventory("photos", "5a", pictures, List.of("all"), omitted);
    }

    @Override
    public List<DatasetField> fields() {
      return List.of(DatasetField.image(3, 24, 24), DatasetField.label(List.of("all")));
    }

    @Override
    public int size() {
      return colours.size();
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.name().equals(DatasetField.LABEL)) {
        into.put(0);
        return;
      }
      for (int shift = 16; shift >= 0; shift -= 8) {
        for (int i = 0; i < 24 * 24; i++) {
          into.put((colours.get(index) >> shift & 0xFF) / 127.5f - 1);
        }
      }
    }
  }

  private static final PlainPictures PICTURES =
      new PlainPictures(List.of(0xFF0000, 0x808080, 0xFF0000), List.of());

  private static final OmittedFile AVIF =
      new OmittedFile("a.avif", OmissionCause.UNSUPPORTED, "avif is not supported");

  private static final OmittedFile BROKEN =
      new OmittedFile("b.png", OmissionCause.UNREADABLE, "b.png is truncated");

  @Test
  void checkReportsWhatIsInADataSet() {
    CommandFixture fixture = new CommandFixture().holding(PICTURES);
    CommandResult result = fixture.run("data", "check", folder.toString(), "--set", "size=24");
    assertEquals(0, result.exitCode());
    assertEquals(
        """
        photos: 3 pictures in 1 class

        read as     (3, 24, 24) (channels, height, width)
        stored      40 x 20: 3
        formats     png: 3
        enlarged    3 are smaller than they are read
        grey        1 of 3
        classes     all: 3
        duplicates  1 of 3 equal an earlier one as they are read

        equal: pff0000.png, pff0000.png
        """,
        result.out());
    assertEquals(
        List.of(
            "image-folder: size is 24",
            "image-folder: unreadable is skip",
            "image-folder: path is \"" + folder + "\""),
        fixture.asked());
  }

  @Test
  void checkAnswersAsJson() throws IOException {
    CommandResult result =
        new CommandFixture()
            .holding(new PlainPictures(List.of(1), List.of(AVIF)))
            .run("data", "check", folder.toString(), "--json");
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertEquals(1, json.path("samples").asInt());
    assertEquals(1, json.path("classes").path("all").asInt());
    assertEquals("a.avif", json.path("omitted").path(0).path("name").asText());
    assertEquals("format not supported", json.path("omitted").path(0).path("cause").asText());
  }

  @Test
  void checkFailsIfAFileCannotBeRead() {
    CommandResult result =
        new CommandFixture()
            .holding(new PlainPictures(List.of(1), List.of(AVIF, BROKEN)))
            .run("data", "check", folder.toString());
    assertEquals(1, result.exitCode());
    assertTrue(result.out().contains("left out 2 files: 1 avif (format not supported), 1 png"));
    assertTrue(result.out().contains("b.png is truncated"), result.out());
  }

  @Test
  void aContactSheetShowsThePicturesAsTheyAreRead() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    CommandResult result =
        new CommandFixture()
            .holding(PICTURES)
            .run("data", "check", folder.toString(), "-o", sheet.toString());
    assertEquals(0, result.exitCode(), result.err());
    BufferedImage image = ImageIO.read(sheet.toFile());
    assertEquals(0xFFFF0000, image.getRGB(20, 20));
    assertEquals(0xFF808080, image.getRGB(70, 20));
    assertEquals(102, image.getWidth());
  }

  @Test
  void packWritesAFileThatHoldsTheSamePictures() throws IOException {
    Path packed = folder.resolve("photos.gantry-data");
    CommandResult result =
        new CommandFixture()
            .holding(PICTURES)
            .run("data", "pack", folder.toString(), "-o", packed.toString());
    assertEquals(0, result.exitCode(), result.err());
    PackedImages read = PackedImages.read(packed);
    assertEquals(PICTURES.fields(), read.fields());
    assertEquals("p808080.png", read.inventory().pictures().get(1).name());
    assertEquals(
        packed + ": 3 pictures of shape (3, 24, 24), sha256 " + read.sha256() + "\n", result.out());
    assertEquals("note: photos: 3 pictures in 1 class\n", result.err());
  }

  @Test
  void aPackedFileHasItsOwnEnding() {
    CommandResult result =
        new CommandFixture()
            .holding(PICTURES)
            .run("data", "pack", folder.toString(), "-o", folder.resolve("x.zip").toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("must end in .gantry-data"), result.err());
  }

  @Test
  void aDistributionHasNothingToList() {
    SampledDataset points =
        new SampledDataset() {
          @Override
          public List<DatasetField> fields() {
            return List.of(DatasetField.image(1, 1, 1));
          }

          @Override
          public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
            into.get(DatasetField.IMAGE).put(0);
          }
        };
    CommandResult result = new CommandFixture().holding(points).run("data", "check", "ring");
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("drawn from a distribution"), result.err());
  }

  @Test
  void aDamagedPackedFileIsRefused() throws IOException {
    Path packed = folder.resolve("photos.gantry-data");
    new CommandFixture()
        .holding(PICTURES)
        .run("data", "pack", folder.toString(), "-o", packed.toString());
    byte[] whole = Files.readAllBytes(packed);
    whole[whole.length / 2] ^= 1;
    Files.write(packed, whole);
    assertTrue(
        assertThrows(UnusableComponentException.class, () -> PackedImages.read(packed))
            .getMessage()
            .endsWith("its content does not have the recorded checksum; pack it again"));
    Files.write(packed, Arrays.copyOf(whole, whole.length - 100));
    assertTrue(
        assertThrows(UnusableComponentException.class, () -> PackedImages.read(packed))
            .getMessage()
            .contains(" is damaged: expected "));
  }
}
