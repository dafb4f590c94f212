package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projection of pictures with a run that predicts codes. */
class PredictedCodesTest {

  @TempDir static Path folder;

  private static Product gantry;

  @BeforeAll
  static void trainOneStep() {
    gantry = Product.packed().inDirectory(folder);
    done("train", "digits-projected", "--steps", "1", "--set", "train.batch=4", "--out", "run");
    done("sample", "run", "-n", "2", "--each", "-o", "drawn");
  }

  private static Product.CommandResult done(String... command) {
    Product.CommandResult result = gantry.run(command);
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  @Test
  void theSearchBeginsAtThePredictedCode() {
    String alone =
        done("project", "run", "--in", "drawn", "--out", "p", "--by", "predictor", "--json").out();
    String both =
        done("project", "run", "--in", "drawn", "--out", "b", "--steps", "2", "--json").out();

    assertTrue(alone.contains("\"predictedError\"") && alone.contains("\"percentile\""), alone);
    assertTrue(both.contains("\"predictedError\""), both);
  }

  @Test
  void aSearchAloneAsksNoPredictor() {
    String searched =
        done(
                "project",
                "run",
                "--in",
                "drawn",
                "--out",
                "s",
                "--by",
                "search",
                "--steps",
                "2",
                "--optimizer",
                "nesterov",
                "--json")
            .out();

    assertFalse(searched.contains("predictedError"), searched);
  }

  /** Untrained networks make grey pictures, from which white ones differ more than digits do. */
  @Test
  void aPictureAboveThePercentileIsRefused() throws IOException {
    BufferedImage white = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    white.createGraphics().fillRect(0, 0, 28, 28);
    ImageIO.write(white, "png", folder.resolve("white.png").toFile());
    Product.CommandResult refused =
        gantry.run(
            "project",
            "run",
            "--in",
            "white.png",
            "--out",
            "r",
            "--by",
            "predictor",
            "--refuse-above",
            "50");

    assertEquals(1, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("refused: "), refused.err());
    assertFalse(Files.exists(folder.resolve("r/white.png")));
  }

  @Test
  void wrongWordsAreRefusedWithTheNearest() {
    Product.CommandResult refused =
        gantry.run("project", "run", "--in", "drawn", "--out", "w", "--by", "serch");

    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("'search'"), refused.err());
  }
}
