package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.cli.console.TerminalInfo;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gantry train --resume} on a tiny game. */
@TensorTest
class TrainResumeTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @Test
  void aResumedRunHasTheWeightsOfAnUninterruptedOne() throws IOException {
    Path whole = folder.resolve("whole");
    assertEquals(0, stage.run("train", "tiny", "--out", whole.toString()).exitCode());
    Path run = interrupted();
    CommandFixture.CommandResult answer = stage.run("train", "--resume", run.toString());
    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(run + "\n", answer.out());
    assertTrue(
        answer
            .err()
            .startsWith("continuing tiny in " + run + " after step 3: 8 steps, 1 thread\nstep 4/8"),
        answer.err());
    assertTrue(answer.err().contains("\n8 steps in "), answer.err());
    for (String network : new String[] {"generator", "discriminator"}) {
      Path weights = Path.of("checkpoints/step-000008/" + network + ".safetensors");
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(weights)), Files.readAllBytes(run.resolve(weights)));
    }
  }

  @Test
  void moreStepsNeedNoConfirmation() {
    Path run = trained();
    CommandFixture.CommandResult answer =
        stage.run("train", "--resume", run.toString(), "--steps", "10");
    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(
        answer
            .err()
            .contains("  changed      recorded  new\n  train.steps  8         10\ncontinuing tiny"),
        answer.err());
    assertTrue(Files.isDirectory(run.resolve("checkpoints/step-000010")));
  }

  @Test
  void finishedAndMissingRunsAreRejected() {
    Path run = trained();
    CommandFixture.CommandResult done = stage.run("train", "--resume", run.toString());
    assertEquals(2, done.exitCode());
    assertEquals(
        "error: the run " + run + " has done all of its 8 steps; ask for more steps to resume it\n",
        done.err());
    CommandFixture.CommandResult none =
        stage.run("train", "--resume", folder.resolve("none").toString());
    assertEquals(2, none.exitCode());
    assertTrue(none.err().startsWith("error: there is no run folder "), none.err());
  }

  @Test
  void aChangedRecipeWithoutATerminalNeedsTheOptionYes() throws IOException {
    Path run = interrupted();
    String recipe = Files.readString(run.resolve("recipe.yaml"));
    CommandFixture.CommandResult refused =
        stage.run("train", "--resume", run.toString(), "--set", "loss=minimax");
    assertEquals(2, refused.exitCode());
    assertEquals(
        """
          changed  recorded  new
          loss     hinge     minimax
        error: --resume %s: the recipe has changed, and there is no terminal to ask whether \
        to continue
          fix: Add --yes to continue with the changes.
        """
            .formatted(run),
        refused.err());
    assertEquals(recipe, Files.readString(run.resolve("recipe.yaml")));
    CommandFixture.CommandResult agreed =
        stage.run("train", "--resume", run.toString(), "--set", "loss=minimax", "--yes");
    assertEquals(0, agreed.exitCode(), agreed.err());
    String planned = Files.readString(run.resolve("recipe.yaml"));
    assertTrue(planned.contains("changes: - after: 3 set: loss to: minimax\n"), planned);
    assertTrue(planned.contains("loss: hinge\n"), planned);
  }

  @Test
  void unschedulableChangesAreNotedBeforeTheConfirmation() throws IOException {
    Path run = interrupted();
    CommandFixture.CommandResult refused =
        stage.run("train", "--resume", run.toString(), "--set", "prior=acme.nets/other@1.0.0");
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused
            .err()
            .startsWith("note: a recipe cannot schedule a change of prior for step 3; the run"),
        refused.err());
  }

  @Test
  void atATerminalTheUserDecides() throws IOException {
    Path run = interrupted();
    for (String no : new String[] {"n\n", "\n", "", "yeah\n"}) {
      CommandFixture.CommandResult declined =
          typing(no).run("train", "--resume", run.toString(), "--set", "loss=minimax");
      assertEquals(1, declined.exitCode());
      assertTrue(declined.err().contains("Continue with this recipe? [y/N] "), declined.err());
      assertTrue(declined.err().endsWith("not continued; nothing was changed\n"), declined.err());
      assertTrue(Files.readString(run.resolve("recipe.yaml")).contains("loss: hinge\n"));
    }
    CommandFixture.CommandResult agreed =
        typing("Yes\n").run("train", "--resume", run.toString(), "--set", "loss=minimax");
    assertEquals(0, agreed.exitCode(), agreed.err());
  }

  @Test
  void anInterruptedConfirmationChangesNothing() throws IOException {
    Path run = interrupted();
    String state = Files.readString(run.resolve("state.json"));
    stage.interruptedWhen(() -> true);
    CommandFixture.CommandResult answer =
        typing("y\n").run("train", "--resume", run.toString(), "--set", "loss=minimax");
    assertEquals(130, answer.exitCode());
    assertTrue(answer.err().endsWith("first step; nothing was changed\n"), answer.err());
    assertEquals(state, Files.readString(run.resolve("state.json")));
  }

  @Test
  void otherPluginsNeedTheOptionOtherPlugins() throws IOException {
    Path run = interrupted();
    stage.ofContent("9f".repeat(32));
    String recipe = run.resolve("recipe.yaml").toString();
    for (String[] words :
        new String[][] {
          {"train", "--resume", run.toString()},
          {"train", recipe, "--out", folder.resolve("again").toString()}
        }) {
      CommandFixture.CommandResult refused = stage.run(words);
      assertEquals(2, refused.exitCode());
      assertEquals(
          """
          error: the run %s was made with other plugins than are installed: acme was 1.0.0 \
          (SHA-256 5a5a5a5a5a5a), and is 1.0.0 (SHA-256 9f9f9f9f9f9f) here
            fix: Install the run's plugins ('gantry plugins install NAME@VERSION'), or add \
          --other-plugins to use the installed ones.
          """
              .formatted(run),
          refused.err());
    }
    assertFalse(Files.exists(folder.resolve("again")));
    CommandFixture.CommandResult resumed =
        stage.run("train", "--resume", run.toString(), "--other-plugins");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.err().startsWith("note: the plugin acme was 1.0.0 (SHA-256 5a"));
    assertTrue(
        Files.readString(run.resolve("history.jsonl"))
            .contains("\"plugins\":[\"acme was 1.0.0 (SHA-256 5a5a5a5a5a5a), and is 1.0.0"));
    assertEquals(
        Files.readString(run.resolve("plugins.lock.json")),
        Files.readString(run.resolve("checkpoints/step-000008/plugins.lock.json")));
    assertTrue(Files.readString(run.resolve("plugins.lock.json")).contains("9f9f9f"));
    CommandFixture.CommandResult again =
        stage.run("train", recipe, "--out", folder.resolve("again").toString());
    assertEquals(0, again.exitCode(), again.err());
  }

  @Test
  void samplingWithOtherPluginsPrintsANote() {
    Path run = trained();
    stage.ofContent("9f".repeat(32));
    CommandFixture.CommandResult sampled = stage.run("sample", run.toString());
    assertEquals(0, sampled.exitCode(), sampled.err());
    assertTrue(
        sampled.err().startsWith("note: the plugin acme was 1.0.0 (SHA-256 5a"), sampled.err());
  }

  @Test
  void aCorruptCheckpointIsReportedAndTheEarlierOneUsed() throws IOException {
    Path run = trained();
    Path weights = run.resolve("checkpoints/step-000008/generator.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    CommandFixture.CommandResult sampled = stage.run("sample", run.toString());
    assertEquals(0, sampled.exitCode(), sampled.err());
    assertTrue(
        sampled.err().startsWith("note: the checkpoint step-000008 is damaged"), sampled.err());
    CommandFixture.CommandResult answer = stage.run("train", "--resume", run.toString());
    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(
        answer.err().startsWith("note: the checkpoint step-000008 is damaged"), answer.err());
    assertTrue(answer.err().contains(" after step 6: 8 steps, "), answer.err());
  }

  @Test
  void aResumedRunKeepsItsRecipeAndFolder() {
    for (String[] words :
        new String[][] {
          {"train"},
          {"train", "tiny", "--yes"},
          {"train", "tiny", "--resume", "run"},
          {"train", "--resume", "run", "--out", "other"}
        }) {
      CommandFixture.CommandResult answer = stage.run(words);
      assertEquals(2, answer.exitCode());
      assertTrue(answer.err().matches("error: [^\n]+\n  fix: [^\n]+\n"), answer.err());
    }
    assertTrue(stage.asked().isEmpty());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  private CommandFixture typing(String text) {
    return stage.on(
        new TerminalInfo(
            false, false, false, 100, Optional.of(new BufferedReader(new StringReader(text)))));
  }

  private Path trained() {
    Path run = folder.resolve("run");
    assertEquals(0, stage.run("train", "tiny", "--out", run.toString()).exitCode());
    return run;
  }

  /** A run that stopped after step 3 of 8. */
  private Path interrupted() {
    AtomicInteger asked = new AtomicInteger();
    // The command itself checks for an interruption once before the training.
    stage.interruptedWhen(() -> asked.getAndIncrement() >= 3);
    Path run = folder.resolve("run");
    assertEquals(130, stage.run("train", "tiny", "--out", run.toString()).exitCode());
    stage.interruptedWhen(() -> false);
    return run;
  }
}
