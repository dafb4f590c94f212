package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samplers of plug and play with a run of two stages. */
class PlugAndPlayTest {

  @TempDir static Path folder;

  @Test
  void chainsOfAClassAreDrawnInRows() throws IOException {
    Product gantry = Product.packed().inDirectory(folder);
    Product.CommandResult trained =
        gantry.run(
            "train",
            "digits-plug-and-play",
            "--steps",
            "1",
            "--set",
            "train.batch=4",
            "--set",
            "stages.generator.sampler.ppgn.steps=4",
            "--out",
            "run");
    assertEquals(0, trained.exitCode(), trained.err());

    BufferedImage rows = sample(gantry, "sampler.ppgn.every=2");
    BufferedImage row = sample(gantry, "sampler={ppgn: {steps: 4, every: 1}}");
    assertTrue(row.getWidth() > rows.getWidth(), "five images of a chain are wider than three");
    sample(gantry, "sampler={dgn-am: {steps: 2}}");
  }

  private static BufferedImage sample(Product gantry, String sampler) throws IOException {
    Product.CommandResult drawn =
        gantry.run(
            "sample", "run", "--given", "label=7", "-n", "6", "--set", sampler, "-o", "out.png");
    assertEquals(0, drawn.exitCode(), drawn.err());
    return ImageIO.read(folder.resolve("out.png").toFile());
  }
}
