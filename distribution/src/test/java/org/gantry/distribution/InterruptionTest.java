package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.distribution.Product.CommandResult;
import org.gantry.distribution.Product.RunningCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  @Test
  void anInterruptedTrainingCompletesItsRun(@TempDir Path folder) {
    Product product = Product.packed().inDirectory(folder);
    try (RunningCommand training =
        product.start("train", "ring", "--steps", "1000000000", "--out", "run")) {
      training.awaitErr("step 1/");
      training.interrupt();

      CommandResult answer = training.awaitResult();

      assertEquals(130, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("interrupted after step"), answer.err());
      assertTrue(Files.isRegularFile(folder.resolve("run/metrics.jsonl")));
    }
  }

  @Test
  void aSecondInterruptionEndsAHangingCommand(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path pipe = folder.resolve("endless.yaml");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    try (RunningCommand reading =
            Product.packed().inDirectory(folder).start("validate", pipe.toString());
        // Opening waits until the command opens the other end.
        OutputStream nothing = Files.newOutputStream(pipe)) {
      nothing.write('#');
      reading.interrupt();
      reading.awaitErr("press Ctrl-C again to end at once");
      reading.interrupt();

      assertEquals(130, reading.awaitResult().exitCode());
    }
  }
}
