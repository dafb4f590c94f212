package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipeDifferenceTest {

  private static final String RECIPE =
      """
      # A recipe.
      data: org.a.ring/ring@1.0.0
      networks:
        generator:
          org.a.mlp/mlp@1.0.0: {width: 64, layers: [1, 2]}
      loss:
        org.a.hinge/hinge@1.0.0: {margin: 1}
      regularizers:
        - org.a.noise/noise@1.0.0: {window: {from: 0, to: 0.25}}
        - org.a.clipping/clipping@1.0.0
      train:
        steps: 100
      metrics: []
      """;

  @Test
  void aRecipeDoesNotDifferFromItself() {
    assertEquals(List.of(), RecipeDifference.between(RECIPE, RECIPE));
    assertEquals(
        List.of(), RecipeDifference.between(RECIPE, RECIPE.replace("# A recipe.", "# Mine.")));
  }

  @Test
  void differencesOfNestedOptionsAreFound() {
    assertEquals(List.of(of("train.steps", "100", "200")), changed("steps: 100", "steps: 200"));
    assertEquals(
        List.of(of("regularizers[0].noise.window.to", "0.25", "1e-2")),
        changed("to: 0.25", "to: 1e-2"));
    assertEquals(
        List.of(of("networks.generator.mlp.layers", "[1, 2]", "[1]")), changed("[1, 2]", "[1]"));
  }

  @Test
  void anotherComponentDiffersInItsOptions() {
    assertEquals(
        List.of(
            of("loss", "org.a.hinge/hinge@1.0.0", "org.b.squares/squares@2.0.0"),
            new RecipeDifference("loss.hinge.margin", Optional.of("1"), Optional.empty()),
            new RecipeDifference("loss.squares.target", Optional.empty(), Optional.of("2"))),
        changed(
            "org.a.hinge/hinge@1.0.0: {margin: 1}", "org.b.squares/squares@2.0.0: {target: 2}"));
  }

  @Test
  void anAddedItemReplacesTheDifferenceOfAnEmptyList() {
    assertEquals(
        List.of(
            new RecipeDifference("metrics[0]", Optional.empty(), Optional.of("org.a.kl/kl@1.0.0"))),
        changed("metrics: []", "metrics: [org.a.kl/kl@1.0.0]"));
  }

  @Test
  void twoVersionsOfAComponentAreDistinguishedFromTwoComponents() {
    assertTrue(of("loss", "org.a/hinge@1.0.0", "org.a/hinge@2.0.0").isVersionOnly());
    assertFalse(of("loss", "org.a/hinge@1.0.0", "org.b/hinge@1.0.0").isVersionOnly());
    assertFalse(of("data.folder.path", "me@1", "me@2").isVersionOnly());
  }

  @Test
  void aRemovedItemIsOneDifference() {
    assertEquals(
        List.of(
            new RecipeDifference(
                "regularizers[1]", Optional.of("org.a.clipping/clipping@1.0.0"), Optional.empty())),
        changed("  - org.a.clipping/clipping@1.0.0\n", ""));
  }

  @Test
  void outputSettingsAndWarningWatchdogsDoNotAffectResults() {
    String warned = RECIPE + "watchdogs:\n  - org.a.dogs/rex@1.0.0: {}\n    on-trouble: [warn]\n";
    assertEquals(List.of(), RecipeDifference.affectingResults(RECIPE, "name: other\n" + RECIPE));
    assertEquals(List.of(), RecipeDifference.affectingResults(RECIPE, warned));
    assertEquals(List.of(), RecipeDifference.affectingResults(RECIPE, logged(RECIPE, 5)));
    assertEquals(
        List.of(), RecipeDifference.affectingResults(logged(RECIPE, 10), logged(warned, 5)));
    assertEquals(
        List.of(of("train.steps", "100", "200")),
        RecipeDifference.affectingResults(RECIPE, RECIPE.replace("steps: 100", "steps: 200")));
  }

  @Test
  void outputSettingsOfStagesDoNotAffectResults() {
    String staged = "stages:\n  first:\n" + RECIPE.indent(4);
    String quiet = "stages:\n  first:\n" + logged(RECIPE, 5).indent(4);
    assertEquals(List.of(), RecipeDifference.affectingResults(staged, quiet));
    assertEquals(
        List.of(of("stages.first.train.steps", "100", "200")),
        RecipeDifference.affectingResults(staged, quiet.replace("steps: 100", "steps: 200")));
  }

  @Test
  void watchdogsWithRemediesAffectResults() {
    String acting = RECIPE + "watchdogs:\n  - org.a.dogs/rex@1.0.0: {}\n    on-trouble: [stop]\n";
    assertEquals(
        List.of(
            new RecipeDifference(
                "watchdogs[0]", Optional.empty(), Optional.of("org.a.dogs/rex@1.0.0")),
            new RecipeDifference(
                "watchdogs[0].on-trouble", Optional.empty(), Optional.of("[stop]"))),
        RecipeDifference.affectingResults(RECIPE, acting));
    assertEquals(
        List.of(of("train.log-every", "10", "5")),
        RecipeDifference.affectingResults(logged(acting, 10), logged(acting, 5)));
  }

  private static String logged(String recipe, int every) {
    return recipe.replace("steps: 100", "steps: 100\n  log-every: " + every);
  }

  @Test
  void aTextThatIsNotARecipeIsRefused() {
    String message =
        assertThrows(RunException.class, () -> RecipeDifference.between(RECIPE, "a: ["))
            .getMessage();
    assertTrue(message.startsWith("the recipe cannot be compared: "), message);
  }

  private static List<RecipeDifference> changed(String from, String to) {
    assertTrue(RECIPE.contains(from));
    return RecipeDifference.between(RECIPE, RECIPE.replace(from, to));
  }

  private static RecipeDifference of(String path, String before, String after) {
    return new RecipeDifference(path, Optional.of(before), Optional.of(after));
  }
}
