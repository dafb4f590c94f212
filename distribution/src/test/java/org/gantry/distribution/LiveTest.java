package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.distribution.Product.CommandResult;
import org.gantry.distribution.Product.RunningCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running training that another process changes. */
class LiveTest {

  @TempDir private Path folder;

  private Product product;

  @Test
  void liveChangesAreAppliedResumedAndReproduced() throws IOException {
    product = Product.packed().inDirectory(folder);
    try (RunningCommand training =
        product.start(
            "train",
            "ring",
            "--set",
            "train.threads=1",
            "--set",
            "train.checkpoint-every=50",
            "--steps",
            "1000000000",
            "--out",
            "run")) {
      training.awaitErr("step 1/");
      // A constant schedule, because others depend on the number of steps.
      CommandResult added =
          product.run("live", "run", "add", "instance-noise", "sigma=0.2", "schedule=constant");
      assertEquals(0, added.exitCode(), added.err());
      assertTrue(added.out().contains("regularizers[+] is "), added.out());
      assertEquals(0, product.run("live", "run", "replace", "hinge").exitCode());
      assertEquals(
          0, product.run("live", "run", "set", "regularizers.instance-noise.sigma=0.1").exitCode());

      CommandResult unknown = product.run("live", "run", "add", "instance-nose");
      assertEquals(2, unknown.exitCode());
      assertTrue(unknown.err().contains("Did you mean 'instance-noise'?"), unknown.err());
      CommandResult absent = product.run("live", "run", "remove", "weight-clipping");
      assertEquals(2, absent.exitCode());
      assertTrue(absent.err().contains("does not contain 'weight-clipping'"), absent.err());
      CommandResult refused = product.run("live", "run", "replace", "energy-margin");
      assertEquals(2, refused.exitCode(), refused.err());

      CommandResult removed = product.run("live", "--json", "run", "remove", "instance-noise");
      assertEquals(0, removed.exitCode(), removed.err());
      assertTrue(removed.out().contains("\"removed\" : true"), removed.out());
      training.interrupt();
      assertEquals(130, training.awaitResult().exitCode());
    }
    CommandResult ended = product.run("live", "run", "replace", "hinge");
    assertEquals(2, ended.exitCode());
    assertTrue(ended.err().contains("there is no running training in run; the run is interrupted"));

    long steps = steps() + 40;
    go("train", "--resume", "run", "--steps", "" + steps, "--yes");
    go("train", "run/recipe.yaml", "--out", "again");
    for (String network : new String[] {"generator", "discriminator"}) {
      String weights = "checkpoints/step-%06d/%s.safetensors".formatted(steps, network);
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("run").resolve(weights)),
          Files.readAllBytes(folder.resolve("again").resolve(weights)));
    }
  }

  private void go(String... words) {
    CommandResult answer = product.run(words);
    assertEquals(0, answer.exitCode(), answer.err());
  }

  private long steps() throws IOException {
    String state = Files.readString(folder.resolve("run/state.json"));
    return Long.parseLong(state.replaceAll("(?s).*\"step\" : (\\d+).*", "$1"));
  }
}
