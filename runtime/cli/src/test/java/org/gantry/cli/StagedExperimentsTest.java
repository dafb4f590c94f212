package org.gantry.cli;

import static org.gantry.cli.ExperimentsTest.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.cli.CommandFixture.CommandResult;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments whose trainings have stages, or take the weights of another training. */
@TensorTest
final class StagedExperimentsTest {

  @TempDir private Path folder;

  private static ExperimentSource stagedTrial() {
    return new ExperimentSource(
        "trial",
        "trial.yaml",
        Path.of(""),
        """
        summary: A recipe with stages.
        recipe: staged
        seeds: 1
        variants: {one: {}}
        metrics: {spread: spread/deviation, early: first/spread/deviation, first: first(generator/game)}
        claims: [min(one.spread) > 0, min(one.early) > 0]
        """);
  }

  @Test
  void aRecipeWithStagesIsEvaluatedAfterItsLastStage() throws IOException {
    CommandFixture stage = new CommandFixture().offer(stagedTrial());
    CommandResult answer = run(stage, folder);
    assertEquals(0, answer.exitCode(), answer::err);
    Path run = folder.resolve("out/runs/one/seed-1");
    assertTrue(Files.exists(run.resolve("first/state.json")));
    assertTrue(Files.exists(run.resolve("second/evaluations.jsonl")));

    String before = Files.readString(run.resolve("second/state.json"));
    assertEquals(0, run(stage, folder).exitCode());
    assertEquals(before, Files.readString(run.resolve("second/state.json")));
  }

  @Test
  void aRecipeWithStagesContinuesInTheStageThatWasInterrupted() throws IOException {
    Path first = folder.resolve("out/runs/one/seed-1/first/state.json");
    AtomicInteger asked = new AtomicInteger();
    CommandFixture stage =
        new CommandFixture()
            .offer(stagedTrial())
            .interruptedWhen(() -> Files.exists(first) && asked.incrementAndGet() > 4);
    assertEquals(130, run(stage, folder).exitCode());
    assertFalse(Files.exists(folder.resolve("out/runs/one/seed-1/second")));

    CommandResult rest = run(stage.interruptedWhen(() -> false), folder);
    assertEquals(0, rest.exitCode(), rest::err);
    assertTrue(Files.readString(first).contains("done"));
  }

  @Test
  void stagesOfAnotherRecipeDoNotCount() {
    CommandFixture stage = new CommandFixture().offer(stagedTrial());
    run(stage, folder);
    CommandResult other = run(stage, folder, "--steps", "3");
    assertEquals(1, other.exitCode(), other::err);
    assertTrue(other.err().contains("was trained with another recipe"), other::err);
  }

  private static ExperimentSource borrowing(String change) {
    return new ExperimentSource(
        "trial",
        "trial.yaml",
        Path.of(""),
        """
        summary: One training, evaluated twice.
        recipe: tiny
        seeds: 2
        variants: {one: {}, other: {weights: one, set: {CHANGE}}}
        metrics: {spread: spread/deviation, first: first(generator/game)}
        claims: [mean(one.spread) = mean(other.spread)]
        """
            .replace("CHANGE", change));
  }

  @Test
  void aVariantWithTheWeightsOfAnotherIsEvaluatedAndNotTrained() throws IOException {
    CommandFixture stage = new CommandFixture().offer(borrowing(""));
    CommandResult answer = run(stage, folder);
    assertEquals(0, answer.exitCode(), answer::err);
    Path other = folder.resolve("out/runs/other/seed-2");
    assertTrue(Files.exists(other.resolve("evaluations.jsonl")));
    assertTrue(Files.exists(other.resolve("samples/evaluated.png")));
    assertFalse(Files.exists(other.resolve("checkpoints/step-000008")));
    assertTrue(Files.readString(other.resolve("state.json")).contains("\"seconds\" : 0.0"));

    String before = Files.readString(other.resolve("evaluations.jsonl"));
    assertEquals(0, run(stage, folder).exitCode());
    assertEquals(before, Files.readString(other.resolve("evaluations.jsonl")));
  }

  @Test
  void aVariantWithTheWeightsOfAnotherChangesNothingOfTheTraining() {
    CommandFixture stage = new CommandFixture().offer(borrowing("train.steps: 3"));
    CommandResult answer = run(stage, folder);
    assertEquals(2, answer.exitCode(), answer::err);
    assertTrue(answer.err().contains("changes train.steps"), answer::err);
  }

  @Test
  void aVariantWithTheWeightsOfAnotherIsNotEvaluatedWithoutIt() {
    CommandFixture stage = new CommandFixture().offer(borrowing(""));
    CommandResult answer = run(stage, folder, "--only", "other");
    assertEquals(1, answer.exitCode(), answer::err);
    assertTrue(answer.err().contains("takes the weights of one, seed 1"), answer::err);
  }
}
