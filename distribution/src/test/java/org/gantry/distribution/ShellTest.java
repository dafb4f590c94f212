package org.gantry.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commands in one process, with plugins that are installed and removed in between. */
class ShellTest {

  @TempDir Path folder;

  private Product product() {
    return Product.packed()
        .inDirectory(folder)
        .withEnvironment("GANTRY_STATE", folder.resolve("state").toString());
  }

  /** A loss that can be trained. */
  private Path jar() {
    Path classes =
        TestPluginJar.compile(
            folder,
            Map.of(
                "Scores",
                """
                import ai.djl.ndarray.NDArray;
                import org.gantry.component.Component;
                import org.gantry.loss.ScoreLoss;

                @Component(kind = "loss", name = "acme", summary = "Nothing.")
                public final class Scores implements ScoreLoss {
                  @Override
                  public NDArray discriminatorLoss(NDArray real, NDArray fake) {
                    return fake.mean().sub(real.mean());
                  }

                  @Override
                  public NDArray generatorLoss(NDArray fake) {
                    return fake.mean().neg();
                  }
                }
                """));
    return TestPluginJar.withLoss("org.acme.losses", "1.0.0", classes, "Scores", "acme")
        .header("Import-Package", "ai.djl.ndarray,org.gantry.component,org.gantry.loss")
        .pack(folder.resolve("acme.jar"));
  }

  @Test
  void pipedCommandsInstallAndRemovePlugins() {
    List<String> lines =
        List.of(
            "describe acme",
            "plugins install '" + jar() + "' --allow-unsigned --yes",
            "describe acme --json",
            "plugins remove losses --yes",
            "describe acme",
            "components --kind loss");
    try (Product.RunningCommand shell = product().startTyping("shell")) {
      lines.forEach(shell::type);
      Product.CommandResult answer = shell.endInput();
      assertEquals(2, answer.exitCode(), answer.err());
      assertEquals(
          2,
          answer.err().split("KIND/NAME acme: there is no component", -1).length - 1,
          answer.err());
      assertTrue(answer.out().contains("\"bundleVersion\""), answer.out());
      assertTrue(answer.out().contains("hinge"), answer.out());
      assertFalse((answer.out() + answer.err()).contains("\u001b"), answer.out());
    }
  }

  @Test
  void aBackgroundTrainingLocksItsPluginsUntilItStops() {
    Path run = folder.resolve("run");
    try (Product.RunningCommand shell = product().startTyping("shell")) {
      shell.type("plugins install '" + jar() + "' --allow-unsigned --yes");
      shell.type("train ring --set loss=acme --steps 1000000 --out '" + run + "' &");
      shell.awaitErr("[1] train ring");
      shell.await(() -> Files.exists(run.resolve("metrics.jsonl")));
      shell.type("plugins remove losses --yes");
      shell.awaitErr("the running training " + run + " uses a plugin of this change");
      shell.type("jobs --stop 1");
      shell.type("jobs --wait");
      shell.awaitErr("[1] stopped: train ring");
      shell.type("plugins remove losses --yes");
      shell.type("describe acme");
      Product.CommandResult answer = shell.endInput();
      assertEquals(130, answer.exitCode(), answer.err());
      assertTrue(answer.err().contains("KIND/NAME acme: there is no component"), answer.err());
      assertTrue(Files.exists(run.resolve("checkpoints")));
    }
  }

  @Test
  void tabCompletesCurrentPluginsAtATerminal() {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "the program script is missing");
    Product terminal =
        new Product(
            script,
            folder,
            Map.of("GANTRY_STATE", folder.resolve("state").toString(), "TERM", "xterm"));
    String command =
        "stty rows 40 columns 100 && exec '" + Product.home().resolve("bin/gantry") + "' shell";
    try (Product.RunningCommand shell = terminal.startTyping("-qec", command, "/dev/null")) {
      shell.awaitOut("gantry> ");
      shell.type("plugins install layer-n\t--yes");
      shell.awaitOut("done: install org.gantry.plugin.layer-noise");
      shell.type("describe regularizer/layer-n\t");
      shell.awaitOut("bundle  org.gantry.plugin.layer-noise");
      shell.type("validate ring-w\t");
      shell.awaitOut("ring-wgan-gp is valid");
      shell.type("plugins remove layer-n\t--yes");
      shell.awaitOut("done: remove layer-noise");
      shell.type("exit");
      assertEquals(0, shell.awaitResult().exitCode());
    }
  }
}
