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

/** Edits with the brushes of the product, on a conditional run of one step. */
class EditTest {

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

  private static Product.CommandResult edit(String constraints, String... more) throws IOException {
    Files.writeString(folder.resolve("brush.yaml"), constraints);
    String[] words = {
      "edit", "run", "--constraints", "brush.yaml", "--steps", "3", "--restarts", "2"
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return gantry.run(all);
  }

  @Test
  void allBrushesWorkTogetherOnAPictureOfTheUser() throws IOException {
    BufferedImage picture = new BufferedImage(90, 60, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(picture, "png", folder.resolve("mine.png").toFile());
    picture.setRGB(45, 30, 0xFFFFFF);
    ImageIO.write(picture, "png", folder.resolve("mask.png").toFile());
    Product.CommandResult edited =
        edit(
            """
            constraints:
              - colour: {mask: [{rectangle: [40, 20, 12, 12]}, {picture: mask.png}], colour: [0.9]}
              - sketch: {mask: [{stroke: [20, 10, 60, 50], thickness: 4}]}
              - warp: {mask: [{circle: [45, 30, 12]}], by: [5, -2]}
            """,
            "--given",
            "label=3",
            "--in",
            "mine.png",
            "--out",
            "out");
    assertEquals(0, edited.exitCode(), edited.err());

    BufferedImage result = ImageIO.read(folder.resolve("out/edited-01.png").toFile());
    assertEquals(90, result.getWidth());
    assertEquals(60, result.getHeight());
    assertTrue(Files.exists(folder.resolve("out/generated-01.png")));
    assertTrue(Files.exists(folder.resolve("out/path.png")));
    assertTrue(Files.exists(folder.resolve("out/path.gif")));
    assertTrue(Files.readString(folder.resolve("out/edit.json")).contains("\"code\" : [ "));
  }

  @Test
  void whatCannotBeEditedIsRefused() throws IOException {
    String brush = "constraints: [{colour: {mask: [{circle: [9, 9, 3]}], colour: [1]}}]\n";
    assertRefused("which needs a value", edit(brush, "--out", "no"));
    assertRefused(
        "brush.yaml:1:16: 'constraints[0].colour' cannot be used: the circle [99.0, 9.0, 3.0] covers"
            + " no pixel",
        edit(brush.replace("[9,", "[99,"), "--given", "label=3", "--out", "no"));
    assertRefused(
        "Did you mean 'colour'?", edit(brush.replace("{colour:", "{color:"), "--out", "no"));
  }

  private static void assertRefused(String message, Product.CommandResult refused) {
    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains(message), refused.err());
    assertTrue(Files.notExists(folder.resolve("no")));
  }
}
