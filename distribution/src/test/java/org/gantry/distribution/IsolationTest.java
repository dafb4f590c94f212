package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.distribution.Product.CommandResult;
import org.gantry.distribution.Product.RunningCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in processes of their own that are killed. */
class IsolationTest {

  private static final String[] TRAINING = {
    "train", "ring", "--steps", "1500", "--set", "train.checkpoint-every=100"
  };

  private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");

  @TempDir Path folder;

  @Test
  void killedTrainingEndsWithTheSameBits() throws IOException {
    Product product = Product.packed().inDirectory(folder);
    assertEquals(0, product.run(words("--out", "whole")).exitCode());
    try (RunningCommand training = product.start(words("--out", "run", "--isolated"))) {
      while (!Files.exists(folder.resolve("run/checkpoints/step-000100"))) {
        Thread.onSpinWait();
      }
      Matcher pid = PID.matcher(Files.readString(folder.resolve("run/.holder.json")));
      assertTrue(pid.find());
      ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow().destroyForcibly();

      CommandResult answer = training.awaitResult();

      assertEquals(0, answer.exitCode(), answer.err());
      assertEquals("run\n", answer.out());
      assertTrue(answer.err().contains("died of signal 9"), answer.err());
      assertTrue(answer.err().contains("continuing ring in run after step"), answer.err());
    }
    for (String network : new String[] {"generator", "discriminator"}) {
      String weights = "checkpoints/step-001500/" + network + ".safetensors";
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("whole").resolve(weights)),
          Files.readAllBytes(folder.resolve("run").resolve(weights)));
    }
  }

  @Test
  void trainingWhoseParentIsKilledCompletesItsRun() throws Exception {
    try (RunningCommand training =
        Product.packed()
            .inDirectory(folder)
            .start("train", "ring", "--steps", "1000000000", "--out", "run", "--isolated")) {
      training.awaitErr("step 1/");
      Matcher pid = PID.matcher(Files.readString(folder.resolve("run/.holder.json")));
      assertTrue(pid.find());
      ProcessHandle child = ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow();

      training.kill();
      child.onExit().get(300, TimeUnit.SECONDS);

      assertTrue(
          Files.readString(folder.resolve("run/state.json")).contains("\"interrupted\""),
          "it ended in good order");
    }
  }

  @Test
  void interruptedTrainingCompletesItsRun() {
    try (RunningCommand training =
        Product.packed()
            .inDirectory(folder)
            .start("train", "ring", "--steps", "1000000000", "--out", "run", "--isolated")) {
      training.awaitErr("step 1/");
      training.interrupt();

      CommandResult answer = training.awaitResult();

      assertEquals(130, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("interrupted after step"), answer.err());
      assertTrue(Files.isRegularFile(folder.resolve("run/metrics.jsonl")));
    }
  }

  private static String[] words(String... more) {
    String[] words = Arrays.copyOf(TRAINING, TRAINING.length + more.length);
    System.arraycopy(more, 0, words, TRAINING.length, more.length);
    return words;
  }
}
