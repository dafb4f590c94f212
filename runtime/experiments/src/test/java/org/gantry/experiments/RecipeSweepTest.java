package org.gantry.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.gantry.experiments.definition.MetricDefinition;
import org.gantry.experiments.definition.RecipeSweep;
import org.gantry.experiments.definition.SweepAxis;
import org.gantry.experiments.definition.Variant;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecipeSweepTest {

  private static RecipeSweep sweep(String... over) {
    return RecipeSweep.read("ring", Arrays.asList(over), List.of(), 2, OptionalLong.empty());
  }

  private static List<String> values(String over) {
    return sweep(over).axes().get(0).values();
  }

  private static String problem(List<String> over, List<Change> set, int seeds, OptionalLong n) {
    return assertThrows(RecipeException.class, () -> RecipeSweep.read("ring", over, set, seeds, n))
        .problems()
        .stream()
        .map(p -> p.location() + ": " + p.message() + " " + p.fix())
        .collect(Collectors.joining("\n"));
  }

  private static String problem(String... over) {
    return problem(List.of(over), List.of(), 2, OptionalLong.empty());
  }

  @Test
  void aCommaInBracketsBracesOrQuotesBelongsToItsValue() {
    assertEquals(List.of("64", "128"), values("train.batch=64, 128"));
    assertEquals(List.of("[64, 64]", "[128]"), values("hidden=[64, 64],[128]"));
    assertEquals(
        List.of("{adam: {rate: 1, b: 2}}", "sgd"), values("o={adam: {rate: 1, b: 2}},sgd"));
    assertEquals(List.of("'a,b'", "it's", "c"), values("text='a,b',it's,c"));
    assertEquals(List.of("[[1, ']'], 2]", "3"), values("x=[[1, ']'], 2],3"));
  }

  @Test
  void everyCombinationIsAVariantNamedByTheEndsOfThePaths() {
    RecipeSweep sweep = sweep("optimizer.adam.rate=1e-3,1e-4", "train.batch=8,16");
    assertEquals(
        List.of(
            "rate=1e-3, batch=8",
            "rate=1e-3, batch=16",
            "rate=1e-4, batch=8",
            "rate=1e-4, batch=16"),
        sweep.experiment(Map.of()).variants().stream().map(Variant::label).toList());
    assertEquals("ring-rate-batch", sweep.name());
  }

  @Test
  void pathsWithTheSameEndAreNamedByMoreOfIt() {
    RecipeSweep sweep = sweep("players.a.rate=1", "players.b.rate=2");
    assertEquals("a.rate=1, b.rate=2", sweep.points().get(0).name());
  }

  @Test
  void eachTrainingHasOneThreadUnlessTheSweepSetsAnotherNumber() {
    assertEquals("train.threads=1", changes(sweep("train.batch=8")).get(0));
    List<Change> set = List.of(new Change("train.threads", "2"));
    RecipeSweep two =
        RecipeSweep.read("ring", List.of("train.batch=8"), set, 1, OptionalLong.empty());
    assertEquals(List.of("train.threads=2", "train.batch=8"), changes(two));
  }

  private static List<String> changes(RecipeSweep sweep) {
    return sweep.points().get(0).placedChanges().stream()
        .map(VariantPoint.PlacedChange::change)
        .map(change -> change.path() + "=" + change.value())
        .toList();
  }

  @Test
  void combinationsWithDifferentValuesHaveDifferentFolders() {
    Path runs = Path.of("runs");
    List<VariantPoint> points = sweep("hidden=[64],{64},64,1e-3").points();
    List<String> names = points.stream().map(p -> p.folder(runs).getFileName().toString()).toList();
    assertEquals(4, names.stream().distinct().count(), names::toString);
    assertEquals(List.of("hidden=64", "hidden=1e-3"), names.subList(2, 4));
    names.forEach(name -> assertTrue(name.matches("[A-Za-z0-9_.,=+-]{1,110}"), name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.batch | --over train.batch: Expected a path, an equals sign and values.",
        "train.batch= | The list of values of 'train.batch' is empty.",
        "train.batch=8,,16 | Value 2 of 'train.batch' is empty.",
        "train.batch=8, | Value 2 of 'train.batch' is empty.",
        "train.batch=8,16,8 | The value 8 is listed twice.",
        "train.seed=1,2 | A sweep gives the seeds. Use '--seeds N' instead.",
      })
  void aWrongListOfValuesIsRefused(String over, String expected) {
    assertTrue(problem(over).contains(expected), problem(over));
  }

  @Test
  void twoOptionsForTheSamePathAreRefused() {
    assertEquals(
        "--over train.batch: This path has two options --over. List its values in one.",
        problem("train.batch=8", "train.batch=16"));
    String set =
        problem(
            List.of("train.batch=8"),
            List.of(new Change("train.batch", "16")),
            2,
            OptionalLong.empty());
    assertTrue(set.startsWith("--over train.batch: --set changes the same path."), set);
    String steps = problem(List.of("train.steps=8,9"), List.of(), 2, OptionalLong.of(5));
    assertTrue(steps.startsWith("--steps: --over train.steps changes the same path."), steps);
  }

  @Test
  void aNumberOfSeedsThatIsProbablyASeedIsRefused() {
    String message = problem(List.of("a=1"), List.of(), 5000, OptionalLong.empty());
    assertTrue(message.startsWith("--seeds 5000: The number of seeds must be from 1 to 1000."));
    assertEquals(1, problem(List.of("a=1"), List.of(), 0, OptionalLong.empty()).lines().count());
  }

  private static TrialOutcome outcome(String value, long seed, double modes) {
    return new TrialOutcome(
        "batch=" + value,
        "batch=" + value,
        seed,
        Map.of("m/modes", modes),
        10,
        1,
        Double.isNaN(modes) ? "it diverged" : "",
        List.of());
  }

  private static List<String> ranked(boolean higher) {
    MetricDefinition modes =
        new MetricDefinition(Optional.empty(), "m/modes", SourcePosition.startOf("", Path.of("")));
    ExperimentResults results =
        new ExperimentResults(
            sweep("train.batch=4,8,16,32,64").experiment(Map.of("m/modes", modes)),
            List.of(
                outcome("8", 1, 3),
                outcome("8", 2, 5),
                outcome("16", 1, 7),
                outcome("16", 2, 7),
                outcome("32", 1, 99),
                outcome("32", 2, Double.NaN),
                outcome("64", 1, Double.NaN)),
            10);
    SweepMetrics metrics = new SweepMetrics(Map.of("m/modes", modes), Optional.of(higher));
    return SweepRanking.of(metrics, Optional.empty())
        .ranked(results)
        .experiment()
        .variants()
        .stream()
        .map(variant -> variant.label().replace("batch=", ""))
        .toList();
  }

  @Test
  void theBestCombinationComesFirstAndOneWithFailedTrainingsAfterTheOthers() {
    assertEquals(List.of("16", "8", "32", "4", "64"), ranked(true));
    assertEquals(List.of("8", "16", "32", "4", "64"), ranked(false));
  }

  @Test
  void anAxisKeepsItsValuesInOrder() {
    assertEquals(new SweepAxis("a", List.of("2", "1")), sweep("a=2,1").axes().get(0));
  }
}
