package org.gantry.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.gantry.experiments.definition.Claim;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.MetricSummary;
import org.gantry.experiments.definition.Variant;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentTest {

  private static final String SMALL =
      """
      summary: A small one.
      recipe: ring
      set: {train.steps: 10}
      seeds: 2
      variants:
        plain: {}
        noise: {set: {regularizers: [instance-noise]}}
      metrics: {modes: coverage/modes, last-k: last(k)}
      """;

  /** What was measured: four values of plain's modes, one of them of noise's missing. */
  private static List<Double> measured(String variant, String metric) {
    return switch (variant + "." + metric) {
      case "plain.modes" -> List.of(1.0, 2.0, 3.0, 6.0);
      case "noise.modes" -> List.of(8.0, 8.0);
      case "noise.last-k" -> List.of(0.5, Double.NaN);
      default -> List.of();
    };
  }

  private static Experiment read(String text) {
    return Experiment.read("small", text, SourcePosition.startOf("small.yaml", Path.of("")));
  }

  private static List<String> problems(String text) {
    return assertThrows(RecipeException.class, () -> read(text)).problems().stream()
        .map(p -> p.location() + " " + p.message() + " " + p.fix())
        .toList();
  }

  private static Claim.ClaimVerdict judge(String claim) {
    return read(SMALL + "claims: ['" + claim + "']")
        .claims()
        .get(0)
        .evaluate(ExperimentTest::measured);
  }

  @Test
  void aVariantTakesTheWeightsOfAnEarlierOneThatIsTrained() {
    String borrowed = SMALL.replace("noise: {set:", "noise: {weights: plain, set:");
    assertEquals(Optional.of("plain"), read(borrowed).variants().get(1).weightsOf());

    List<String> found = problems(SMALL.replace("noise: {set:", "noise: {weights: noise, set:"));
    assertTrue(
        found.get(0).contains("No earlier variant 'noise' is trained with one recipe."),
        found::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "mean(plain.modes) = 3, true",
    "median(plain.modes) = 2.5, true",
    "min(plain.modes) < 1, false",
    "max(plain.modes) >= 6, true",
    "min(noise.modes) > max(plain.modes) + 2, false",
    "min(noise.modes) >= max(plain.modes) + 2, true",
    "1 + 2 * 3 = 7, true",
    "(1 + 2) * 3 = 9, true",
    "-2 - 3 = -5, true",
    "abs(mean(plain.modes) - 8) <= 0.1 * 50, true",
    "8 / 2 / 2 = 2, true",
    "1 / 0 > 3, false",
    "mean(plain.modes) / (mean(plain.modes) - 3) >= 0, false",
    "share(plain.modes > mean(noise.last-k)) <= 1, false",
    "share(plain.modes >= 2) = 0.75, true",
    "share(noise.last-k < 1) = 0.5, true",
    "mean(noise.last-k) < 100, false",
    "mean(noise.last-k) >= 0, false",
  })
  void claimComparesAggregates(String claim, boolean holds) {
    assertEquals(Optional.of(holds), judge(claim).holds());
  }

  @Test
  void claimAboutAnUntrainedVariantIsOpen() {
    assertEquals(Optional.empty(), judge("mean(plain.last-k) < 1").holds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mean(plan.modes) > 1 | 9:16 The experiment has no variant 'plan'. Did you mean 'plain'?",
        "mean(plain.mods) > 1 | 9:22 The experiment has no metric 'mods'. Did you mean 'modes'?",
        "meen(plain.modes) > 1 | 9:11 There is no function 'meen'. Did you mean 'mean'?",
        "mean(plain.modes) | 9:28 Here one of <, <=, >, >= and = is expected",
        "mean(plain.modes > 1 | 9:28 Here ')' is expected, but '>' is found.",
        "1 < 2 3 | 9:17 Here the end of the claim is expected, but '3' is found.",
        "1 < 1e-400 | 9:15 A number of a claim must be 0 or at least 4.9E-324, not 1e-400.",
        "1 < 1e999 | 9:15 A number of a claim must be at most 1.7976931348623157E308, not 1e999.",
        "1 < # | 9:15 A claim cannot contain '#'.",
      })
  void invalidClaimIsReportedWithItsPosition(String claim, String expected) {
    List<String> problems = problems(SMALL + "claims: ['" + claim + "']");
    assertTrue(problems.get(0).startsWith("small.yaml:" + expected), problems::toString);
  }

  @Test
  void deeplyNestedClaimIsReportedWithItsPosition() {
    List<String> problems = problems(SMALL + "claims: [" + "(".repeat(9999) + "1]");
    assertTrue(problems.get(0).contains("nested more than 50 deep"), problems::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seeds: [] | small.yaml:4:8 'seeds' is an empty list.",
        "seeds: [3, 1, 3] | small.yaml:4:15 The seed 3 is listed twice.",
        "seeds: 5000 | small.yaml:4:8 'seeds' is the number of seeds, and 5000 is too large.",
        "seeds: [99999999999999999999] | small.yaml:4:9 'seeds' expects the number of seeds",
      })
  void invalidSeedsAreRefused(String seeds, String expected) {
    List<String> problems = problems(SMALL.replace("seeds: 2", seeds));
    assertTrue(problems.get(0).startsWith(expected), problems::toString);
  }

  @Test
  void experimentWithoutVariantsOrMetricsIsRefused() {
    List<String> problems =
        problems("summary: A.\nrecipe: ring\nseeds: 1\nvariants: {}\nmetrics:\n");
    assertTrue(problems.get(0).startsWith("small.yaml:4:11 'variants' is empty."));
    assertTrue(problems.get(1).startsWith("small.yaml:5:9 'metrics' is empty."));
  }

  @Test
  void publishedRowNeedsALabel() {
    List<String> problems = problems(SMALL + "published: [{values: {modes: 8}}]\n");
    assertTrue(problems.get(0).startsWith("small.yaml:9:13 A published row needs a 'label'."));
  }

  @Test
  void variantsAddTheirChangesToThoseOfTheExperiment() {
    VariantPoint noise = read(SMALL).variants().get(1).points().get(0);
    assertEquals(
        List.of("train.steps=10", "regularizers=[instance-noise]"),
        noise.placedChanges().stream()
            .map(s -> s.change().path() + "=" + s.change().value())
            .toList());
    assertEquals("ring", noise.recipe());
  }

  @Test
  void problemsOfAVariantHaveTheirPositionInTheExperiment() {
    String change = "--set regularizers=[instance-noise]";
    assertEquals("small.yaml:2:9", placed(new InputProblem("ring", "is not there", "")).location());
    assertEquals("small.yaml:7:31", placed(new InputProblem(change, "is odd", "")).location());
    assertEquals(
        "noise, named at small.yaml:7:31, is odd",
        placed(new InputProblem("ring.yaml:1:1", "noise, named at " + change + ", is odd", ""))
            .message());
  }

  /** A problem with the variant 'noise', as recipes tell it, and as the experiment does. */
  private static InputProblem placed(InputProblem problem) {
    Recipes refusing =
        (Recipes)
            Proxy.newProxyInstance(
                Recipes.class.getClassLoader(),
                new Class<?>[] {Recipes.class},
                (proxy, method, arguments) -> {
                  throw new RecipeException(List.of(problem));
                });
    VariantPoint noise = read(SMALL).variants().get(1).points().get(0);
    return assertThrows(
            RecipeException.class, () -> noise.compose(refusing, 1, OptionalLong.empty()))
        .problems()
        .get(0);
  }

  @Test
  void gridGivesEveryCombinationOrAFixedSelection() {
    String grid = "grid: {optimizer.adam.rate: [1e-3, 1e-4], train.batch: [8, 16, 32]}\n";
    assertEquals(6, read(SMALL + grid).variants().get(0).points().size());
    List<Variant> few = read(SMALL + grid + "points: 4\n").variants();
    assertEquals(4, few.get(0).points().size());
    List<String> plain = few.get(0).points().stream().map(ExperimentTest::rates).toList();
    assertEquals(4, plain.stream().distinct().count());
    assertEquals(plain, few.get(1).points().stream().map(ExperimentTest::rates).toList());
  }

  @Test
  void gridKeepsListValuesAsLists() {
    String grid = "grid: {networks.generator.mlp.hidden: [[8], [8, 16]], train.batch: [8, 16]}\n";
    List<VariantPoint.PlacedChange> settings =
        read(SMALL + grid).variants().get(0).points().get(2).placedChanges();
    assertEquals("[8, 16]", settings.get(settings.size() - 2).change().value());
  }

  private static String rates(VariantPoint point) {
    List<VariantPoint.PlacedChange> settings = point.placedChanges();
    return settings.subList(settings.size() - 2, settings.size()).stream()
        .map(s -> s.change().value())
        .toList()
        .toString();
  }

  @Test
  void chartsAreNamesWithAnOptionalScale() {
    assertEquals(
        List.of("CURVE k false", "CURVE generator/adversarial true", "DISTRIBUTION modes false"),
        read(
                SMALL
                    + "curves: [k, {of: generator/adversarial, scale: log}]\n"
                    + "distributions: [modes]\n")
            .charts()
            .stream()
            .map(chart -> chart.type() + " " + chart.valueName() + " " + chart.logarithmic())
            .toList());
  }

  @Test
  void invalidChartIsReportedWithItsPosition() {
    List<String> problems =
        problems(SMALL + "curves: [{of: k, scale: lag}, {scale: log}]\ndistributions: [mods]\n");
    assertTrue(problems.get(0).startsWith("small.yaml:9:25 There is no scale 'lag'."));
    assertTrue(problems.get(1).contains("9:31 A chart is a name"), problems::toString);
    assertTrue(problems.get(2).contains("Did you mean 'modes'?"), problems::toString);
  }

  @Test
  void publishedRowRefersToAVariantOfTheExperiment() {
    String row = "published: [{label: A, variant: VARIANT, values: {modes: 8}}]\n";
    assertEquals(
        Optional.of("noise"),
        read(SMALL + row.replace("VARIANT", "noise")).published().get(0).variant());
    List<String> problems = problems(SMALL + row.replace("VARIANT", "noize").replace("8", "all"));
    assertTrue(problems.get(0).contains("Did you mean 'noise'?"), problems::toString);
    assertTrue(problems.get(1).contains("'modes' must be a number"), problems::toString);
  }

  @Test
  void unknownKeysAreReportedWithTheNearestKey() {
    List<String> problems = problems(SMALL.replace("seeds", "seed"));
    assertTrue(problems.get(0).contains("needs 'seeds'"), problems::toString);
    assertTrue(problems.get(1).contains("4:1 An experiment has no 'seed'."), problems::toString);
    assertTrue(problems.get(1).contains("Did you mean 'seeds'?"), problems::toString);
  }

  @Test
  void trialsRunEveryVariantUnderOneSeedBeforeTheNext() {
    Experiment experiment = read(SMALL);
    assertEquals(
        List.of("plain, seed 1", "noise, seed 1", "plain, seed 2", "noise, seed 2"),
        TrialSeries.trials(experiment, experiment.seeds()).stream().map(t -> t.label()).toList());
  }

  @Test
  void resultsFailIfOneClaimDoesNotHold() {
    Experiment experiment = read(SMALL + "claims: [mean(plain.modes) > 3, mean(noise.modes) > 3]");
    TrialOutcome three =
        new TrialOutcome("plain", "plain", 1, Map.of("modes", 3.0), 10, 1, "", List.of());
    TrialOutcome four =
        new TrialOutcome("plain", "plain", 1, Map.of("modes", 4.0), 10, 1, "", List.of());
    assertFalse(new ExperimentResults(experiment, List.of(three), 4).allClaimsHold());
    assertTrue(new ExperimentResults(experiment, List.of(four), 4).allClaimsHold());
  }

  @ParameterizedTest
  @CsvSource({
    "7.9, 7.7, 8.1, 7.9 ± 0.12",
    "8, 8, 8, 8 ± 0",
    "100, 120, 140, 120 ± 12",
  })
  void summaryShowsTheFirstDigitsOfItsError(double a, double b, double c, String text) {
    assertEquals(text, MetricSummary.of(List.of(a, b, c)).text());
  }

  @Test
  void summaryReportsMissingValues() {
    assertEquals("1 ± 0 (2 of 3)", MetricSummary.of(List.of(1.0, Double.NaN, 1.0)).text());
    assertEquals("-", MetricSummary.of(List.of(Double.NaN)).text());
  }
}
