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

/** Walks and arithmetic with a conditional run, whose samplers and encodings are in plugins. */
class SampleWaysTest {

  @TempDir static Path folder;

  private static Product gantry;

  @BeforeAll
  static void trainOneStep() {
    gantry = Product.packed().inDirectory(folder);
    Product.CommandResult trained =
        gantry.run(
            "train",
            "digits-conditional",
            "--steps",
            "1",
            "--set",
            "train.batch=4",
            "--out",
            "run");
    assertEquals(0, trained.exitCode(), trained.err());
  }

  private static BufferedImage picture(String... command) throws IOException {
    Product.CommandResult result = gantry.run(command);
    assertEquals(0, result.exitCode(), result.err());
    return ImageIO.read(folder.resolve("out.png").toFile());
  }

  @Test
  void aWalkLeadsBetweenClassesAndBetweenCodes() throws IOException {
    BufferedImage walk =
        picture(
            "interpolate",
            "run",
            "--given",
            "label=3",
            "--to",
            "label=8",
            "--seeds",
            "1,2,3",
            "-n",
            "4",
            "-o",
            "out.png");
    BufferedImage strip = picture("interpolate", "run", "-n", "4", "-o", "out.png");
    assertEquals(strip.getWidth(), walk.getWidth());
    assertTrue(walk.getHeight() > strip.getHeight(), "two paths are two rows");
    Product.CommandResult animated =
        gantry.run("interpolate", "run", "--seeds", "1,2", "-o", "walk.gif");
    assertEquals(0, animated.exitCode(), animated.err());
    assertTrue(Files.size(folder.resolve("walk.gif")) > 1000);
  }

  @Test
  void codesOfPicturesAreFoundAndPartsOfThemFilledIn() throws IOException {
    Product.CommandResult drawn =
        gantry.run("sample", "run", "--given", "label=3", "-n", "2", "--each", "-o", "drawn");
    assertEquals(0, drawn.exitCode(), drawn.err());

    Product.CommandResult projected =
        gantry.run(
            "project", "run", "--given", "label=3", "--in", "drawn", "--out", "found", "--steps",
            "5");
    assertEquals(0, projected.exitCode(), projected.err());
    assertTrue(Files.readString(folder.resolve("found/000002.json")).contains("\"code\""));

    BufferedImage filled =
        picture(
            "inpaint",
            "run",
            "--given",
            "label=3",
            "--in",
            "drawn/000001.png",
            "--mask",
            "centre",
            "--out",
            "out.png",
            "--steps",
            "5");
    BufferedImage before = ImageIO.read(folder.resolve("drawn/000001.png").toFile());
    assertEquals(before.getRGB(0, 0), filled.getRGB(0, 0));
    assertEquals(before.getWidth(), filled.getWidth());
  }

  @Test
  void partsThatCannotBeFilledInAreRefused() throws IOException {
    BufferedImage black = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(black, "png", folder.resolve("black.png").toFile());
    ImageIO.write(
        new BufferedImage(14, 14, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.resolve("small.png").toFile());

    assertRefused("--mask black.png: nothing is white", "black.png", "--given", "label=3");
    assertRefused(
        "--mask small.png: the mask has 14 x 14 pixels and the picture 28 x 28",
        "small.png",
        "--given",
        "label=3");
    assertRefused("which needs a value", "centre");
  }

  private static void assertRefused(String message, String mask, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("inpaint", "run", "--in", "black.png", "--mask", mask, "--out", "no.png"));
    words.addAll(List.of(more));
    Product.CommandResult refused = gantry.run(words.toArray(String[]::new));
    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains(message), refused.err());
    assertTrue(Files.notExists(folder.resolve("no.png")));
  }

  @Test
  void classesAreAddedAndSubtracted() throws IOException {
    picture("sample", "run", "--arithmetic", "3 - 5 + 8", "-n", "1", "-o", "out.png");
    Product.CommandResult unknown = gantry.run("sample", "run", "--arithmetic", "3 - x");
    assertEquals(2, unknown.exitCode(), unknown.err());
    assertTrue(unknown.err().contains("no label has the value 'x'"), unknown.err());
  }
}
