package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.distribution.Product.Answer;
import org.gantry.distribution.Product.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  @Test
  void aTrainingThatIsInterruptedCompletesItsRunFirst(@TempDir Path folder) {
    Product product = Product.packed().in(folder);
    try (Running training =
        product.start("train", "ring", "--steps", "1000000000", "--out", "run")) {
      training.awaitErr("step 1/");
      training.interrupt();

      Answer answer = training.answer();

      assertEquals(130, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("interrupted after step"), answer.err());
      assertTrue(Files.isRegularFile(folder.resolve("run/metrics.jsonl")));
    }
  }
}
