package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.gantry.cli.services.ExperimentSource;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ExperimentsTest {

  @TempDir private Path folder;

  private static ExperimentSource trial(String claim) {
    return new ExperimentSource(
        "trial",
        "trial.yaml",
        Path.of(""),
        """
        summary: Two of the same.
        recipe: tiny
        seeds: 2
        variants: {one: {}, other: {set: {loss: wide}}}
        metrics: {spread: spread/deviation, first: first(generator/game)}
        curves: [generator/gradient-norm]
        distributions: [first]
        published: [{label: Others, source: table 1, values: {spread: 0.3}}]
        claims: ['CLAIM']
        """
            .replace("CLAIM", claim));
  }

  private CommandFixture.CommandResult run(CommandFixture stage, String... more) {
    return run(stage, folder, more);
  }

  /** Runs the experiment {@code trial} in the folder {@code out} of another one. */
  static CommandFixture.CommandResult run(CommandFixture stage, Path folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of("experiments", "run", "trial", "--out"));
    arguments.add(folder.resolve("out").toString());
    arguments.addAll(List.of(more));
    return stage.run(arguments.toArray(String[]::new));
  }

  @Test
  void experimentsAreListedWithTheirTrainings() {
    CommandFixture.CommandResult answer =
        new CommandFixture().offer(trial("mean(one.spread) > 0")).run("experiments", "list");
    assertEquals(0, answer.exitCode(), answer::err);
    assertTrue(answer.out().matches("(?s).*trial +4 +Two of the same\\..*"), answer::out);
  }

  @Test
  void anExperimentWithConfirmedClaimsExitsWithZero() throws IOException {
    CommandFixture stage =
        new CommandFixture().offer(trial("mean(one.spread) = mean(other.spread)"));
    CommandFixture.CommandResult answer = run(stage);
    assertEquals(0, answer.exitCode(), answer::err);
    assertTrue(answer.out().contains("0.25"), answer::out);
    assertTrue(answer.out().matches("(?s).*= mean\\(other.spread\\) +holds .*"), answer::out);
    assertTrue(Files.readString(folder.resolve("out/trial.json")).contains("\"holds\""));
    var picture = ImageIO.read(folder.resolve("out/trial.png").toFile());
    assertEquals(2 * 460, picture.getWidth());
    assertEquals(250 + 300, picture.getHeight());
    assertTrue(Files.exists(folder.resolve("out/runs/other/seed-2/state.json")));
  }

  @Test
  void anExperimentWithARefutedClaimExitsWithOne() {
    CommandFixture.CommandResult answer =
        run(new CommandFixture().offer(trial("min(one.spread) > 1")));
    assertEquals(1, answer.exitCode(), answer::err);
    assertTrue(answer.out().contains("does not hold"), answer::out);
  }

  @Test
  void finishedTrainingsAreNotRepeated() throws IOException {
    CommandFixture stage = new CommandFixture().offer(trial("min(one.spread) > 0"));
    run(stage);
    Path state = folder.resolve("out/runs/one/seed-1/state.json");
    String before = Files.readString(state);
    CommandFixture.CommandResult again = run(stage);
    assertEquals(0, again.exitCode(), again::err);
    assertEquals(before, Files.readString(state));
    assertFalse(again.err().contains("steps/s"), again::err);
  }

  @Test
  void anInterruptedExperimentContinues() {
    AtomicInteger asked = new AtomicInteger();
    CommandFixture stage =
        new CommandFixture()
            .offer(trial("min(one.spread) > 0"))
            .interruptedWhen(() -> asked.incrementAndGet() > 12);
    CommandFixture.CommandResult first = run(stage);
    assertEquals(130, first.exitCode(), first::err);
    CommandFixture.CommandResult rest = run(stage.interruptedWhen(() -> false));
    assertEquals(0, rest.exitCode(), rest::err);
    assertTrue(rest.err().contains("after step"), rest::err);
  }

  @Test
  void trainingsOfAnotherRecipeDoNotCount() {
    CommandFixture stage = new CommandFixture().offer(trial("min(one.spread) > 0"));
    run(stage, "--seeds", "1", "--only", "one");
    CommandFixture.CommandResult other =
        run(stage, "--seeds", "1", "--only", "one", "--steps", "3");
    assertEquals(1, other.exitCode(), other::err);
    assertTrue(other.err().contains("train.steps was 8 there and is 3 here"), other::err);
  }

  @Test
  void aTrainingWithOtherLoggingAndAnotherNameCounts() throws IOException {
    CommandFixture stage = new CommandFixture().offer(trial("min(one.spread) > 0"));
    run(stage, "--seeds", "1", "--only", "one");
    Path recipe = folder.resolve("out/runs/one/seed-1/recipe.yaml");
    Files.writeString(recipe, Files.readString(recipe) + "name: another\nwatchdogs: [dog]\n");
    CommandFixture.CommandResult again = run(stage, "--seeds", "1", "--only", "one");
    assertEquals(0, again.exitCode(), again::err);
    assertTrue(again.err().contains("1 training, 1 finished"), again::err);
  }

  @Test
  void invalidInputIsReportedWithTheNearestName() {
    CommandFixture stage = new CommandFixture().offer(trial("min(one.spread) > 0"));
    CommandFixture.CommandResult unknown = stage.run("experiments", "run", "trail");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("Did you mean 'trial'?"), unknown::err);
    CommandFixture.CommandResult variant = run(stage, "--only", "othr");
    assertEquals(2, variant.exitCode());
    assertTrue(variant.err().contains("Did you mean 'other'?"), variant::err);
    CommandFixture.CommandResult claim =
        run(new CommandFixture().offer(trial("min(one.spead) > 0")));
    assertEquals(2, claim.exitCode());
    assertTrue(claim.err().contains("trial.yaml:9:19"), claim::err);
  }

  private static ExperimentSource measured(String variants, String metric) {
    return new ExperimentSource(
        "trial",
        "trial.yaml",
        Path.of(""),
        """
        summary: Of little worth.
        recipe: tiny
        seeds: 1
        variants: VARIANTS
        metrics: {a: METRIC}
        """
            .replace("VARIANTS", variants)
            .replace("METRIC", metric));
  }

  private CommandFixture.CommandResult measuring(String metric) {
    return run(new CommandFixture().offer(measured("{one: {}}", metric)));
  }

  @Test
  void unknownMetricsAreRejectedWithTheNearestName() {
    CommandFixture.CommandResult figure = measuring("spread/deviaton");
    assertEquals(2, figure.exitCode(), figure::err);
    assertTrue(figure.err().contains("trial.yaml:5:14"), figure::err);
    assertTrue(figure.err().contains("Did you mean 'spread/deviation'?"), figure::err);
    CommandFixture.CommandResult curve = measuring("last(generator/gam)");
    assertEquals(2, curve.exitCode(), curve::err);
    assertTrue(curve.err().contains("Did you mean 'generator/game'?"), curve::err);
  }

  @Test
  void curvesThatNoRecipeLogsAreRejectedBeforeTraining() {
    ExperimentSource text = trial("min(one.spread) > 1");
    String wrong = text.text().replace("[generator/gradient-norm]", "[generator/gradient-nrm]");
    CommandFixture.CommandResult answer =
        run(
            new CommandFixture()
                .offer(new ExperimentSource("trial", "trial.yaml", Path.of(""), wrong)));
    assertEquals(2, answer.exitCode(), answer::err);
    assertTrue(answer.err().contains("trial.yaml:6:10"), answer::err);
    assertTrue(answer.err().contains("Did you mean 'generator/gradient-norm'?"), answer::err);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aMetricThatNoRecipeEvaluatesIsRejectedBeforeTraining() {
    CommandFixture.CommandResult answer = measuring("spred/deviation");
    assertEquals(2, answer.exitCode(), answer::err);
    assertTrue(answer.err().contains("Did you mean 'spread'?"), answer::err);
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void aCurveOfUnselectedVariantsIsLeftOutSilently() {
    ExperimentSource text = measured("{one: {}, other: {}}", "last(not-there)");
    CommandFixture.CommandResult answer = run(new CommandFixture().offer(text), "--only", "one");
    assertEquals(0, answer.exitCode(), answer::err);
  }

  @Test
  void aPageShowsValuesClaimsAndPublishedResults() throws IOException {
    run(new CommandFixture().offer(trial("min(one.spread) > 1")));
    Path page = folder.resolve("page.md");
    CommandFixture.CommandResult answer =
        new CommandFixture()
            .run("experiments", "page", "-o", page.toString(), folder.resolve("out").toString());
    assertEquals(0, answer.exitCode(), answer::err);
    String text = Files.readString(page);
    assertTrue(text.contains("| one | 2 | 0.25 ± 0 |"), text);
    assertTrue(text.contains("| *Others* | *table 1* | 0.3 |"), text);
    assertTrue(text.contains("| `min(one.spread) > 1` | **does not hold** | 0.25 and 1 |"), text);
    assertTrue(text.contains("](out/trial.png)"), text);
  }

  @Test
  void aTruncatedRecordIsNotCounted() throws IOException {
    CommandFixture stage = new CommandFixture().offer(trial("min(one.spread) > 0"));
    run(stage, "--seeds", "1", "--only", "one");
    Path metrics = folder.resolve("out/runs/one/seed-1/metrics.jsonl");
    String first = Files.readAllLines(metrics).get(0);
    Files.writeString(metrics, first + "\n{\"step\": 8, \"val");
    CommandFixture.CommandResult again = run(stage, "--seeds", "1", "--only", "one");
    assertEquals(1, again.exitCode(), again::err);
    assertTrue(again.err().contains("ends at step 1, and the training at 8"), again::err);
  }

  @Test
  void aMissingPluginIsNamedWithTheOptionThatInstallsIt() {
    CommandFixture stage =
        new CommandFixture().offer(trial("mean(one.spread) > 0")).fail(missingPlugin());

    CommandFixture.CommandResult refused = run(stage);

    assertEquals(2, refused.exitCode(), refused::err);
    assertTrue(
        refused.err().contains("gantry plugins install began, or add --install to this command."),
        refused::err);
  }

  @Test
  void aDryRunNeedsNoPlugin() {
    CommandFixture stage =
        new CommandFixture().offer(trial("mean(one.spread) > 0")).fail(missingPlugin());

    CommandFixture.CommandResult shown = run(stage, "--dry-run");

    assertTrue(shown.err().contains("note: There is no loss called 'began'."), shown::err);
    assertTrue(shown.err().contains("trial: 4 trainings, 0 finished"), shown::err);
  }

  private static RecipeException missingPlugin() {
    return new RecipeException(
        List.of(
            new InputProblem(
                "ring-began.yaml:3:7",
                "There is no loss called 'began'.",
                "",
                "The plugin began of the product has it: gantry plugins install began",
                Optional.of(new InputProblem.UninstalledComponent("loss", "began")),
                Optional.empty())));
  }

  @Test
  void aFolderWithoutResultsHasNoPage() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Path page = folder.resolve("page.md");

    CommandFixture.CommandResult refused =
        new CommandFixture()
            .run("experiments", "page", "-o", page.toString(), folder.resolve("out").toString());

    assertEquals(2, refused.exitCode(), refused::err);
    assertTrue(refused.err().contains("has no results"), refused::err);
    assertFalse(Files.exists(page));
  }

  @Test
  void aPageNamesAnInvalidResultFile() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/broken.json"), "{\"a");
    CommandFixture.CommandResult answer =
        new CommandFixture()
            .run(
                "experiments",
                "page",
                "-o",
                folder.resolve("page.md").toString(),
                folder.resolve("out").toString());
    assertEquals(2, answer.exitCode(), answer::err);
    assertTrue(answer.err().contains("broken.json is not JSON"), answer::err);
  }
}
