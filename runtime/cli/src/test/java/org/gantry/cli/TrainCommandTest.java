package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need the tensor engine, on a tiny game. */
@TensorTest
class TrainCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CommandFixture stage = new CommandFixture();

  @TempDir Path folder;

  @Test
  void aTrainingPrintsItsFolderAtTheEnd() {
    Path run = folder.resolve("run");
    CommandFixture.CommandResult answer = stage.run("train", "tiny", "--out", run.toString());
    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(run + "\n", answer.out());
    assertTrue(answer.err().startsWith("training tiny in " + run + ": 8 steps, 1 thread\n"));
    assertTrue(answer.err().contains("\nstep 8/8, "), answer.err());
    assertTrue(answer.err().contains("  samples   gantry sample " + run + "\n"), answer.err());
    assertTrue(Files.isRegularFile(run.resolve("samples/step-000008.png")));
  }

  @Test
  void stepsAndSeedOverrideOtherChanges() {
    stage.fail(
        new RecipeException(
            List.of(new InputProblem("--set train.steps=0", "It must be greater than 0.", ""))));
    CommandFixture.CommandResult answer =
        stage.run("train", "tiny", "--steps", "0", "--seed", "7", "--set", "loss=hinge");
    assertEquals(List.of("tiny[ loss=hinge,  train.steps=0,  train.seed=7]"), stage.asked());
    assertEquals(
        new CommandFixture.CommandResult(2, "", "error: --steps 0: It must be greater than 0.\n"),
        answer);
  }

  @Test
  void anInterruptedTrainingLeavesACompleteFolder() {
    AtomicInteger asked = new AtomicInteger();
    // The command itself checks for an interruption once before the training.
    stage.interruptedWhen(() -> asked.getAndIncrement() >= 3);
    Path run = folder.resolve("run");
    CommandFixture.CommandResult answer = stage.run("train", "tiny", "--out", run.toString());
    assertEquals(130, answer.exitCode());
    assertTrue(
        answer
            .err()
            .endsWith(
                """
                interrupted after step 3 of 8; %s has all results up to this step
                  continue  gantry train --resume %s
                """
                    .formatted(run, run)),
        answer.err());
    assertTrue(Files.isDirectory(run.resolve("checkpoints/step-000003")));
    assertEquals(0, stage.interruptedWhen(() -> false).run("sample", run.toString()).exitCode());
  }

  @Test
  void anInterruptionBeforeTheFirstStepLeavesNoFolder() {
    Path run = folder.resolve("run");
    CommandFixture.CommandResult answer =
        stage.interruptedWhen(() -> true).run("train", "tiny", "--out", run.toString());
    assertEquals(
        new CommandFixture.CommandResult(
            130, "", "interrupted before the first step; nothing was written\n"),
        answer);
    assertFalse(Files.exists(run));
  }

  @Test
  void aFolderWithContentIsRejectedAndUnchanged() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
    CommandFixture.CommandResult answer = stage.run("train", "tiny", "--out", folder.toString());
    assertEquals(2, answer.exitCode());
    assertEquals("", answer.out());
    assertTrue(answer.err().startsWith("error: --out " + folder + ": "), answer.err());
    assertTrue(answer.err().contains("\n  fix: Name another folder with --out.\n"), answer.err());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(mine), files.toList());
    }
  }

  @Test
  void aNanLossEndsTheTrainingWithOneSentence() {
    stage.playFor(new FaultyLosses.ReturnsNan());
    CommandFixture.CommandResult answer =
        stage.run("train", "tiny", "--out", folder.resolve("run").toString());
    assertEquals(1, answer.exitCode());
    assertTrue(answer.err().contains("\nerror: "), answer.err());
    assertTrue(answer.err().contains("finite"), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
    assertFalse(Files.exists(folder.resolve("run/error.log")));
  }

  @Test
  void aComponentFailureIsLoggedInTheRunFolder() throws IOException {
    stage.playFor(new FaultyLosses.FailsInFirstStep());
    Path run = folder.resolve("run");
    CommandFixture.CommandResult answer = stage.run("train", "tiny", "--out", run.toString());
    assertEquals(1, answer.exitCode());
    assertTrue(answer.err().contains("the loss gave up"), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
    Path log = run.resolve("error.log");
    assertTrue(answer.err().endsWith("  log: " + log + "\n"), answer.err());
    assertTrue(Files.readString(log).contains("\tat org.gantry.cli.FaultyLosses$FailsInFirstStep"));
  }

  @Test
  void samplesAreWrittenToTheRunOrTheGivenFile() throws IOException {
    Path run = trained();
    CommandFixture.CommandResult inRun =
        stage.run("sample", run.toString(), "-n", "5", "--seed", "9");
    assertEquals(0, inRun.exitCode(), inRun.err());
    assertTrue(inRun.out().startsWith(run.resolve("samples/seed-9.png") + "\n"), inRun.out());
    for (String line : inRun.out().lines().toList()) {
      assertTrue(Files.isRegularFile(Path.of(line)), line);
    }
    Path elsewhere = folder.resolve("picture.png");
    CommandFixture.CommandResult answer =
        stage.run("sample", run.toString(), "-o", elsewhere.toString());
    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(Files.size(elsewhere) > 0);
  }

  @Test
  void anEarlierCheckpointCanBeUsed() throws IOException {
    Path run = trained();
    Path early = folder.resolve("early.png");
    Path late = folder.resolve("late.png");
    assertEquals(
        0,
        stage
            .run("sample", run.toString(), "--checkpoint", "6", "-o", early.toString())
            .exitCode());
    assertEquals(0, stage.run("sample", run.toString(), "-o", late.toString()).exitCode());
    assertTrue(Files.mismatch(early, late) >= 0);
    assertTrue(
        stage
            .run("evaluate", run.toString(), "--checkpoint", "6")
            .out()
            .startsWith("600 samples of step 6\n"));
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            "error: cannot read the run "
                + run
                + ": there is no checkpoint of step 7; there are checkpoints of the steps 6, 8\n"),
        stage.run("sample", run.toString(), "--checkpoint", "7"));
  }

  @Test
  void invalidPicturesAndRunsAreRejected() throws IOException {
    CommandFixture.CommandResult ending = stage.run("sample", "run", "-o", "picture.jpg");
    assertEquals(
        new CommandFixture.CommandResult(
            2,
            "",
            """
            error: -o picture.jpg: the file must end in .png or .gif
              fix: Name another file with -o, such as picture.png.
            """),
        ending);
    CommandFixture.CommandResult none = stage.run("sample", folder.resolve("none").toString());
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("there is no run folder"), none.err());
    CommandFixture.CommandResult noRun = stage.run("evaluate", folder.toString());
    assertEquals(2, noRun.exitCode());
    assertTrue(noRun.err().contains("is not the folder of a run"), noRun.err());
    CommandFixture.CommandResult zero = stage.run("evaluate", folder.toString(), "-n", "0");
    assertEquals(2, zero.exitCode());
    assertTrue(zero.err().startsWith("error: -n 0: "), zero.err());
  }

  @Test
  void metricsAreATableOrJson() throws IOException {
    Path run = trained();
    CommandFixture.CommandResult table = stage.run("evaluate", run.toString());
    assertEquals(
        new CommandFixture.CommandResult(
            0,
            """
            600 samples of step 8

            metric            value
            spread/deviation  0.250
            """,
            ""),
        table);
    JsonNode json = JSON.readTree(stage.run("evaluate", run.toString(), "-n", "7", "--json").out());
    assertEquals(7, json.get("count").asInt());
    assertEquals(0.25, json.get("figures").get("spread/deviation").asDouble());
  }

  private Path trained() {
    Path run = folder.resolve("run");
    assertEquals(0, stage.run("train", "tiny", "--out", run.toString()).exitCode());
    return run;
  }

  @Test
  void aValidRecipeIsReportedAsValid() {
    assertEquals(
        "tiny is valid: 9 nodes, the networks generator, discriminator, the players discriminator,"
            + " generator\n",
        stage.run("validate", "tiny").out().replaceAll("\\d+ nodes", "9 nodes"));
  }

  @Test
  void theGraphIsTextOrAFileByItsExtension() throws IOException {
    CommandFixture.CommandResult text = stage.run("graph", "tiny");
    assertEquals(0, text.exitCode());
    assertTrue(text.out().contains("\nthe generator minimises\n"), text.out());
    assertTrue(text.out().lines().allMatch(l -> l.length() <= 100), text.out());
    for (String[] form :
        new String[][] {{"g.svg", "<svg"}, {"g.dot", "digraph"}, {"g.json", "{"}}) {
      Path file = folder.resolve(form[0]);
      assertEquals(
          new CommandFixture.CommandResult(0, file + "\n", ""),
          stage.run("graph", "tiny", "-o", file.toString()));
      assertTrue(Files.readString(file).startsWith(form[1]), form[0]);
    }
    CommandFixture.CommandResult picture =
        stage.run("graph", "tiny", "-o", folder.resolve("g.gif").toString());
    assertEquals(2, picture.exitCode());
    assertTrue(picture.err().contains("must end in .svg or .dot or .json"), picture.err());
  }

  @Test
  void theExplanationListsTheOperationsOfEveryPhase() {
    CommandFixture.CommandResult answer = stage.run("explain", "tiny");
    assertEquals(0, answer.exitCode(), answer.err());
    String out = answer.out();
    assertTrue(out.lines().allMatch(l -> l.length() <= 100), out);
    int judge = out.indexOf("\nphase 1: the discriminator learns\n");
    int maker = out.indexOf("\nphase 2: the generator learns\n");
    assertTrue(judge > 0 && maker > judge, out);
    assertTrue(out.substring(judge, maker).contains("frozen"), out);
    assertTrue(out.substring(maker).contains("frozen"), out);
  }

  @Test
  void theExplanationAsJsonCountsParameters() throws IOException {
    JsonNode json = JSON.readTree(stage.run("explain", "tiny", "--json").out());
    JsonNode generator = json.get("networks").get(0);
    assertEquals("generator", generator.get("role").asText());
    assertEquals(3 * 8 + 8 + 8 * 2 + 2, generator.get("parameters").asInt());
    assertEquals("discriminator", json.get("phases").get(0).get("player").asText());
    assertEquals("generator", json.get("phases").get(0).get("frozen").get(0).asText());
    assertTrue(json.get("phases").get(1).get("operations").size() > 2);
  }
}
