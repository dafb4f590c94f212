package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gantry.cli.CommandFixture.CommandResult;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class SweepCommandTest {

  private static final String RATES = "players.one.rate=1,2";

  @TempDir private Path folder;

  private CommandResult sweep(CommandFixture stage, String... more) {
    List<String> words = new ArrayList<>(List.of("sweep", "tiny", "--out"));
    words.add(folder.resolve("out").toString());
    words.addAll(List.of(more));
    return stage.run(words.toArray(String[]::new));
  }

  private Path seed(String combination, int seed) {
    return folder.resolve("out/runs/%s/seed-%d".formatted(combination, seed));
  }

  @Test
  void everyCombinationIsTrainedUnderEverySeedAndShownInATable() throws IOException {
    CommandResult answer =
        sweep(new CommandFixture(), "--over", RATES, "--over", "loss=hinge,wide", "--seeds", "2");
    assertEquals(0, answer.exitCode(), answer::err);
    assertTrue(answer.err().contains("tiny-rate-loss: 8 trainings, 0 finished"), answer::err);
    assertTrue(answer.out().matches("(?s).*rate=2, loss=wide +2 +0.25 ± 0.*"), answer::out);
    assertTrue(Files.exists(seed("rate=2,loss=wide", 2).resolve("state.json")));
    String page = Files.readString(folder.resolve("out/tiny-rate-loss.md"));
    assertTrue(page.contains("| rate=1, loss=hinge | 2 | 0.25 ± 0 |"), page);
    assertTrue(page.contains("gantry sweep tiny --out "), page);
    assertTrue(page.contains("--over players.one.rate=1,2 --over loss=hinge,wide --seeds 2"), page);
    assertTrue(page.contains("](tiny-rate-loss.png)"), page);
    assertTrue(Files.exists(folder.resolve("out/tiny-rate-loss.png")));
  }

  @Test
  void trainingsSideBySideHaveTheSameValuesAsOneAfterTheOther() throws IOException {
    CommandFixture stage = new CommandFixture();
    CommandResult several = sweep(stage, "--over", RATES, "--seeds", "3", "--parallel", "3");
    assertEquals(0, several.exitCode(), several::err);
    assertTrue(several.err().contains("3 side by side"), several::err);
    List<String> first = logs();
    try (var files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    CommandResult single = sweep(stage, "--over", RATES, "--seeds", "3", "--parallel", "1");
    assertEquals(0, single.exitCode(), single::err);
    assertEquals(first, logs());
    assertEquals(several.out(), single.out());
  }

  /** The logged values of all trainings. */
  private List<String> logs() throws IOException {
    List<String> logs = new ArrayList<>();
    for (String combination : List.of("rate=1", "rate=2")) {
      for (int seed = 1; seed <= 3; seed++) {
        JsonNode last = null;
        for (String line : Files.readAllLines(seed(combination, seed).resolve("metrics.jsonl"))) {
          last = new ObjectMapper().readTree(line);
        }
        logs.add(last.path("step") + " " + last.path("values"));
      }
    }
    return logs;
  }

  @Test
  void anInterruptedSweepContinuesAndKeepsFinishedTrainings() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    CommandFixture stage = new CommandFixture().interruptedWhen(() -> asked.incrementAndGet() > 24);
    CommandResult first = sweep(stage, "--over", RATES, "--parallel", "1");
    assertEquals(130, first.exitCode(), first::err);
    String before = Files.readString(seed("rate=1", 1).resolve("state.json"));

    CommandResult rest = sweep(stage.interruptedWhen(() -> false), "--over", RATES);
    assertEquals(0, rest.exitCode(), rest::err);
    assertFalse(rest.err().contains("6 trainings, 0 finished"), rest::err);
    assertEquals(before, Files.readString(seed("rate=1", 1).resolve("state.json")));

    CommandResult more = sweep(stage, "--over", "players.one.rate=1,2,3", "--seeds", "3");
    assertTrue(more.err().contains("9 trainings, 6 finished"), more::err);
  }

  @Test
  void theAnswerAsJsonIsRanked() throws IOException {
    CommandResult answer =
        sweep(
            new CommandFixture(),
            "--over",
            "train.steps=4,8",
            "--seeds",
            "1",
            "--sort",
            "last(generator/game)",
            "--better",
            "higher",
            "--json");
    assertEquals(0, answer.exitCode(), answer::err);
    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertEquals("last(generator/game)", json.path("sortedBy").asText());
    assertEquals("higher", json.path("better").asText());
    assertEquals(2, json.path("variants").size());
    double best = json.at("/variants/0/means/last(generator~1game)").doubleValue();
    double other = json.at("/variants/1/means/last(generator~1game)").doubleValue();
    assertTrue(best > other, answer::out);
  }

  @Test
  void anUnknownMetricIsRefusedBeforeTheFirstTraining() {
    CommandResult metric = sweep(new CommandFixture(), "--over", RATES, "--sort", "spred");
    assertEquals(2, metric.exitCode(), metric::err);
    assertTrue(metric.err().contains("--sort spred: The recipe has no metric 'spred'."));
    assertTrue(metric.err().contains("Did you mean 'spread'?"), metric::err);
    CommandResult curve =
        sweep(new CommandFixture(), "--over", RATES, "--sort", "last(generator/gam)");
    assertEquals(2, curve.exitCode(), curve::err);
    assertTrue(curve.err().contains("Did you mean 'generator/game'?"), curve::err);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aValueThatTheRecipeRefusesIsNamedWithTheOption() {
    CommandFixture stage =
        new CommandFixture()
            .fail(
                new RecipeException(
                    List.of(
                        new InputProblem(
                            "--set players.one.rate=1", "'rate' must be less than 1.", "Lower."))));
    CommandResult refused = sweep(stage, "--over", RATES);
    assertEquals(2, refused.exitCode(), refused::err);
    assertTrue(
        refused.err().contains("error: --over players.one.rate=1: 'rate' must be less than 1."),
        refused::err);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void wrongOptionsAreRefused() {
    CommandFixture stage = new CommandFixture();
    assertTrue(stage.run("sweep", "tiny").err().contains("gantry sweep needs --over PATH=A,B,..."));
    assertTrue(sweep(stage, "--over", "a=").err().contains("The list of values of 'a' is empty."));
    CommandResult better = sweep(stage, "--over", RATES, "--better", "highe");
    assertEquals(2, better.exitCode(), better::err);
    assertTrue(better.err().contains("Did you mean 'higher'?"), better::err);
    assertTrue(sweep(stage, "--over", RATES, "--parallel", "0").err().contains("at least 1"));
  }

  @Test
  void aSweepWithoutAnyValueFails() {
    CommandResult answer =
        sweep(
            new CommandFixture().playFor(new FaultyLosses.FailsInFirstStep()),
            "--over",
            RATES,
            "--seeds",
            "1");
    assertEquals(1, answer.exitCode(), answer::err);
    assertTrue(answer.out().contains("failed: "), answer::out);
  }
}
