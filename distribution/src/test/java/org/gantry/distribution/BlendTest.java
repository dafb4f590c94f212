package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry blend} with the pictures of the documentation and a bundled blending network. */
class BlendTest {

  @TempDir static Path folder;

  private static Product gantry;

  @BeforeAll
  static void openProduct() {
    gantry = Product.packed().inDirectory(folder);
  }

  private static String image(String name) {
    return Product.home().resolve("docs/images").resolve(name).toString();
  }

  private static Product.CommandResult blend(String foreground, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "blend",
                "--foreground",
                foreground,
                "--mask",
                image("boat-mask.png"),
                "--background",
                image("sea.png"),
                "--at",
                "112,56"));
    words.addAll(List.of(more));
    return gantry.run(words.toArray(String[]::new));
  }

  @Test
  void theCommandOfThePageMakesItsPicture() throws IOException {
    Product.CommandResult blended = blend(image("boat.png"), "--out", "out.png");

    assertEquals(0, blended.exitCode(), blended.err());
    BufferedImage made = ImageIO.read(folder.resolve("out.png").toFile());
    BufferedImage shown = ImageIO.read(Path.of(image("boat-at-sea.png")).toFile());
    assertEquals(shown.getWidth(), made.getWidth());
    assertEquals(shown.getHeight(), made.getHeight());
    for (int y = 0; y < made.getHeight(); y++) {
      for (int x = 0; x < made.getWidth(); x++) {
        int difference = (made.getRGB(x, y) & 0xFF) - (shown.getRGB(x, y) & 0xFF);
        assertTrue(Math.abs(difference) <= 1, x + ", " + y + " differs by " + difference);
      }
    }
  }

  @Test
  void aTrainedNetworkDecidesTheColours() throws IOException {
    Product.CommandResult trained =
        gantry.run(
            "train", "faces-blended", "--steps", "1", "--set", "train.batch=4", "--out", "run");
    assertEquals(0, trained.exitCode(), trained.err());

    Product.CommandResult blended =
        blend(image("boat.png"), "--with", "run", "--json", "--out", "out.png");

    assertEquals(0, blended.exitCode(), blended.err());
    assertTrue(blended.out().contains("\"step\" : 1"), blended.out());
    assertEquals(240, ImageIO.read(folder.resolve("out.png").toFile()).getWidth());
  }

  @Test
  void whatIsNotAPictureIsRefused() throws IOException {
    Files.writeString(folder.resolve("text.png"), "no picture");
    Product.CommandResult refused = blend("text.png", "--out", "none.png");

    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("--foreground text.png: "), refused.err());
    assertTrue(refused.err().contains("cannot be read as an image"), refused.err());
    assertTrue(Files.notExists(folder.resolve("none.png")));
  }
}
