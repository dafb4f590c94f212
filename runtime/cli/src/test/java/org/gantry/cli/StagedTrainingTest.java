package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.runs.RunFolder;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a recipe with two stages, each a tiny game of eight steps. */
@TensorTest
class StagedTrainingTest {

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  private Path run() {
    return folder.resolve("run");
  }

  private CommandFixture.CommandResult train(String... further) {
    String[] words = new String[further.length + 4];
    System.arraycopy(new String[] {"train", "staged", "--out", run().toString()}, 0, words, 0, 4);
    System.arraycopy(further, 0, words, 4, further.length);
    return stage.run(words);
  }

  /** Interrupts the training in a step of its second stage. */
  private void interruptInSecondStage() {
    AtomicInteger asked = new AtomicInteger();
    stage.interruptedWhen(
        () -> Files.exists(run().resolve("second/state.json")) && asked.getAndIncrement() >= 3);
    CommandFixture.CommandResult answer = train();
    assertEquals(130, answer.exitCode(), answer.err());
    stage.interruptedWhen(() -> false);
  }

  @Test
  void oneCommandTrainsAllStagesInFoldersOfTheirOwn() throws IOException {
    CommandFixture.CommandResult answer = train();

    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(run() + "\n", answer.out());
    assertTrue(answer.err().contains("\nthe stage 'first' is done\n"), answer.err());
    assertTrue(answer.err().contains("\nthe stage 'second' is done\n"), answer.err());
    assertTrue(answer.err().contains("  samples   gantry sample " + run() + "\n"), answer.err());
    for (String name : new String[] {"first", "second"}) {
      assertTrue(Files.isDirectory(run().resolve(name + "/checkpoints/step-000008")));
    }
    assertEquals(
        "{\n  \"stages\" : [ \"first\", \"second\" ]\n}\n",
        Files.readString(run().resolve("stages.json")));
    assertTrue(Files.isRegularFile(run().resolve("plugins.lock.json")));
    assertTrue(Files.isRegularFile(run().resolve("recipe.yaml")));
  }

  @Test
  void aStageIsResumedInTheMiddleToTheSameBits() throws IOException {
    interruptInSecondStage();
    assertEquals("interrupted", new RunFolder(run().resolve("second")).state().status().label());

    CommandFixture.CommandResult answer = stage.run("train", "--resume", run().toString());

    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(run() + "\n", answer.out());
    assertFalse(answer.err().contains("the stage 'first'"), answer.err());
    Path whole = folder.resolve("whole");
    assertEquals(0, stage.run("train", "staged", "--out", whole.toString()).exitCode());
    for (String network : new String[] {"generator", "discriminator"}) {
      Path weights = Path.of("second/checkpoints/step-000008/" + network + ".safetensors");
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(weights)), Files.readAllBytes(run().resolve(weights)));
    }
  }

  @Test
  void anInterruptionSaysWhichStageContinues() {
    AtomicInteger asked = new AtomicInteger();
    stage.interruptedWhen(
        () -> Files.exists(run().resolve("first/state.json")) && asked.getAndIncrement() >= 2);
    CommandFixture.CommandResult answer = train();

    assertEquals(130, answer.exitCode());
    assertTrue(
        answer
            .err()
            .endsWith(
                """
                interrupted after step 3 of 8 of the stage 'first'; %1$s has all results up to this step
                  continue  gantry train --resume %1$s
                """
                    .formatted(run())),
        answer.err());
    assertFalse(Files.exists(run().resolve("second")));
  }

  @Test
  void aStageThatFailsLeavesTheEarlierOnes() throws IOException {
    interruptInSecondStage();
    Path first = run().resolve("first/state.json");
    String before = Files.readString(first);
    stage.playFor(new FaultyLosses.ReturnsNan());

    assertEquals(1, stage.run("train", "--resume", run().toString()).exitCode());

    assertEquals(before, Files.readString(first));
    assertTrue(stage.run("runs", folder.toString()).out().contains("failed"));
  }

  @Test
  void commandsOnTheRunUseItsLastTrainedStage() {
    interruptInSecondStage();
    CommandFixture.CommandResult sampled = stage.run("sample", run().toString());

    assertEquals(0, sampled.exitCode(), sampled.err());
    assertTrue(
        sampled.err().contains("note: this is the stage 'second' of " + run() + "\n"),
        sampled.err());
    assertTrue(sampled.err().contains("\nsamples of step "), sampled.err());
    assertTrue(sampled.out().startsWith(run().resolve("second/samples").toString()));
    assertEquals(0, stage.run("evaluate", run().toString()).exitCode());
    Path weights = folder.resolve("weights.safetensors");
    assertEquals(0, stage.run("export", run().toString(), "--to", weights.toString()).exitCode());
    assertEquals(0, stage.run("report", run().toString()).exitCode());
    String list = stage.run("runs", folder.toString()).out();
    assertTrue(list.contains("run/first") && list.contains("run/second"), list);
  }

  @Test
  void changesOfStagesThatAreDoneAreRefused() {
    interruptInSecondStage();
    CommandFixture.CommandResult done =
        stage.run("train", "--resume", run().toString(), "--set", "stages.first.loss=minimax");
    assertEquals(2, done.exitCode());
    assertTrue(
        done.err()
            .startsWith(
                """
                error: --set stages.first.loss: the stage 'first' is done
                  fix: Change 'second', or train the changed recipe in another run.
                """),
        done.err());
    CommandFixture.CommandResult none =
        stage.run("train", "--resume", run().toString(), "--set", "stages.sekond.loss=minimax");
    assertTrue(
        none.err().contains("the run has no stage 'sekond'\n  fix: Did you mean 'second'?"),
        none.err());
  }

  @Test
  void changesReachTheStagesThatAreNotDone() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    stage.interruptedWhen(
        () -> Files.exists(run().resolve("first/state.json")) && asked.getAndIncrement() >= 2);
    train();
    stage.interruptedWhen(() -> false);

    CommandFixture.CommandResult answer =
        stage.run("train", "--resume", run().toString(), "--steps", "5");

    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(Files.isDirectory(run().resolve("first/checkpoints/step-000005")));
    assertTrue(Files.isDirectory(run().resolve("second/checkpoints/step-000005")));
  }

  @Test
  void finishedRunsAskForMoreSteps() {
    assertEquals(0, train().exitCode());
    CommandFixture.CommandResult done = stage.run("train", "--resume", run().toString());
    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains("second has done all of its 8 steps"), done.err());
    assertEquals(0, stage.run("train", "--resume", run().toString(), "--steps", "9").exitCode());
    assertTrue(Files.isDirectory(run().resolve("second/checkpoints/step-000009")));
  }

  @Test
  void anInterruptionBeforeTheFirstStepLeavesNoFolder() {
    stage.interruptedWhen(() -> true);
    assertEquals(130, train().exitCode());
    assertFalse(Files.exists(run()));
  }

  @Test
  void otherPluginsAreRefusedBeforeTheNextStageBegins() {
    interruptInSecondStage();
    CommandFixture.CommandResult refused =
        stage.ofContent("6b".repeat(32)).run("train", "--resume", run().toString());
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("was made with other plugins"), refused.err());
  }

  @Test
  void folderOfAnotherRunIsNotOverwritten() {
    assertEquals(0, train().exitCode());
    CommandFixture.CommandResult again = train();
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("exists already and is not empty"), again.err());
  }
}
