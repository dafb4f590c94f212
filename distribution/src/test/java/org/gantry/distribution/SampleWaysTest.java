package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void classesAreAddedAndSubtracted() throws IOException {
    picture("sample", "run", "--arithmetic", "3 - 5 + 8", "-n", "1", "-o", "out.png");
    Product.CommandResult unknown = gantry.run("sample", "run", "--arithmetic", "3 - x");
    assertEquals(2, unknown.exitCode(), unknown.err());
    assertTrue(unknown.err().contains("no label has the value 'x'"), unknown.err());
  }
}
