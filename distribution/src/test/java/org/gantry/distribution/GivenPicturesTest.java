package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples and translations that are made of pictures of the user. */
class GivenPicturesTest {

  private static final String FIX =
      "  fix: Name a picture, such as a PNG or JPEG, or a folder of pictures.\n";

  @TempDir static Path folder;

  private static Product gantry;

  @BeforeAll
  static void trainOneStep() {
    gantry = Product.packed().inDirectory(folder);
    Product.CommandResult trained =
        gantry.run("train", "colorize", "--steps", "1", "--set", "train.batch=4", "--out", "run");
    assertEquals(0, trained.exitCode(), trained.err());
  }

  private static Path picture(Path file, int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private static Product.CommandResult sample(String image) {
    return gantry.run("sample", "run", "-n", "2", "--given", "image=" + image, "-o", "out.png");
  }

  private static void assertRefused(String image, String reason) throws IOException {
    Product.CommandResult refused = sample(image);
    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(
        refused.err().contains("error: --given image=" + image + ": " + reason), refused.err());
    assertTrue(refused.err().endsWith(FIX), refused.err());
    assertFalse(Files.exists(folder.resolve("out.png")));
  }

  @Test
  void whatIsNotAPictureIsRefused() throws IOException {
    assertRefused("missing.png", "this file does not exist\n");
    assertRefused("", "expected a picture or a folder\n");
    assertRefused(
        "/etc/passwd", "/etc/passwd is not a folder, a zip archive or a packed data set\n");
    Path empty = Files.createDirectories(folder.resolve("texts"));
    Files.writeString(empty.resolve("a.txt"), "no picture");
    assertRefused("texts", "there is no image (png, jpg, webp, tiff, bmp, gif) in ");
    byte[] whole = Files.readAllBytes(picture(folder.resolve("whole.png"), 40, 40));
    Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    assertRefused("cut.png", folder.toRealPath() + "/cut.png cannot be read as an image: ");
  }

  @Test
  void picturesOfAnotherSizeAreScaledAndTheUserIsTold() throws IOException {
    picture(folder.resolve("wide.png"), 200, 120);
    Product.CommandResult scaled = sample("wide.png");
    assertEquals(0, scaled.exitCode(), scaled.err());
    assertTrue(
        scaled
            .err()
            .contains(
                "note: --given image=wide.png: cropped and scaled to 32 x 32: the picture has 200 x"
                    + " 120\n"),
        scaled.err());
    assertTrue(Files.deleteIfExists(folder.resolve("out.png")));
  }

  private static void assertTranslated(String name, int width, int height, String note)
      throws IOException {
    picture(folder.resolve(name), width, height);
    Product.CommandResult translated =
        gantry.run("translate", "run", "--in", name, "--out", "translated");
    assertEquals(0, translated.exitCode(), translated.err());
    assertTrue(translated.err().contains(note), translated.err());
    BufferedImage result = ImageIO.read(folder.resolve("translated").resolve(name).toFile());
    assertEquals(width, result.getWidth());
    assertEquals(height, result.getHeight());
  }

  @Test
  void picturesOfOtherSizesAreTranslatedAsAWholeOrInTiles() throws IOException {
    assertTranslated(
        "tall.png",
        50,
        60,
        "(50 x 60) is translated as a whole, padded with the mirror image to 56 x 64");
    assertTranslated(
        "long.png", 1500, 20, "(1500 x 20) is translated in overlapping tiles of up to 1024 x 32");
  }
}
