package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.gantry.distribution.Product.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the user, from the check of a folder to a training on a packed set. */
class PictureDataTest {

  @TempDir Path folder;

  private Product gantry;

  @BeforeEach
  void writePictures() throws IOException {
    gantry = Product.packed().inDirectory(folder);
    Files.createDirectories(folder.resolve("schöne Bilder"));
    for (int i = 0; i < 40; i++) {
      BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 600; pixel++) {
        image.setRGB(pixel % 30, pixel / 30, (i * 6 + pixel % 20) * 0x010101);
      }
      ImageIO.write(image, "png", folder.resolve("schöne Bilder/ü" + i + ".png").toFile());
    }
    Files.writeString(folder.resolve("schöne Bilder/x.avif"), "");
    Files.writeString(
        folder.resolve("größe.yaml"),
        """
        data: {image-folder: {path: schöne Bilder, size: 10, width: 14}}
        networks:
          generator: {resnet: {width: 4}}
          discriminator: {resnet: {width: 4}}
        train: {steps: 2, batch: 4}
        """);
  }

  private CommandResult run(String... arguments) {
    CommandResult result = gantry.run(arguments);
    assertEquals(0, result.exitCode(), result::toString);
    return result;
  }

  @Test
  void aFolderIsCheckedPackedAndTrainedOn() {
    CommandResult checked = run("data", "check", "schöne Bilder", "-o", "sheet.png");
    assertTrue(checked.out().contains("40 pictures; left out 1 file: 1 avif"), checked.out());
    assertTrue(Files.exists(folder.resolve("sheet.png")));
    run(
        "data",
        "pack",
        "schöne Bilder",
        "--set",
        "size=10",
        "--set",
        "width=14",
        "-o",
        "p.gantry-data");
    CommandResult plain = run("train", "größe.yaml", "--out", "plain");
    assertTrue(
        plain.err().contains("40 pictures; left out 1 file: 1 avif (format not supported)"),
        plain.err());
    run("train", "größe.yaml", "--out", "packed", "--set", "data.image-folder.path=p.gantry-data");
    assertEquals(metrics("plain"), metrics("packed"));
  }

  /** The values of the metrics, without the time that they took. */
  private String metrics(String run) {
    try {
      return Files.readString(folder.resolve(run).resolve("metrics.jsonl"))
          .replaceAll("\"(seconds|time|wall)[^,}]*[,}]", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java cannot name such files in the locale C, so the start script chooses another one. */
  @Test
  void otherCharactersThanAsciiWorkInAnyLocale() {
    gantry = gantry.withEnvironment("LC_ALL", "C").withEnvironment("LANG", "");
    assertTrue(run("validate", "größe.yaml").out().contains(" is valid: "));
    run("train", "größe.yaml", "--out", "läuft");
    assertTrue(Files.exists(folder.resolve("läuft/metrics.jsonl")));
  }
}
