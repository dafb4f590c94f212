package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that a recipe plans for its training. */
class PlannedChangesTest {

  private static final String PLANNED =
      RecipeTester.SMALL
          + """
          changes:
            - {after: 500, set: "regularizers[+]", to: {instance-noise: {sigma: 0.2}}}
            - {after: 600, set: regularizers.instance-noise.sigma, to: 0.1}
            - {after: 800, remove: regularizers.instance-noise}
            - {after: 800, set: loss, to: hinge}
          """;

  @TempDir private Path folder;

  private ComposedRecipe compose(String text, String... changes) {
    return new RecipeTester(folder).compose(text, changes);
  }

  private List<String> problems(String entry) {
    return new RecipeTester(folder).problems(RecipeTester.SMALL + "changes:\n  - " + entry + "\n");
  }

  @Test
  void plannedChangesAreKnownButNotApplied() {
    ComposedRecipe composed = compose(PLANNED);

    assertEquals(
        List.of(500L, 600L, 800L, 800L),
        composed.schedule().stream().map(ScheduledChange::after).toList());
    assertEquals(List.of(), composed.graph().composition().regularizers());
    assertEquals("non-saturating", composed.graph().composition().loss().origin().name());
  }

  @Test
  void appliedChangesGiveTheGraphOfTheirStep() {
    ComposedRecipe composed = compose(PLANNED);
    List<Change> made = new ArrayList<>();
    List<String> regularizers = new ArrayList<>();
    for (ScheduledChange scheduled : composed.schedule()) {
      made.add(scheduled.change());
      regularizers.add(
          composed.withChanges(made).graph().composition().regularizers().size()
              + " "
              + composed.withChanges(made).graph().composition().loss().origin().name());
    }
    assertEquals(
        List.of("1 non-saturating", "1 non-saturating", "0 non-saturating", "0 hinge"),
        regularizers);
    assertTrue(
        composed.withChanges(made.subList(0, 2)).yaml().contains("sigma: 0.1"),
        composed.withChanges(made.subList(0, 2)).yaml());
  }

  @Test
  void resolvedChangesHaveEveryOptionAndVersion() {
    ComposedRecipe composed = compose(PLANNED);

    assertTrue(composed.yaml().contains("hinge@1.2.0"), composed.yaml());
    assertEquals(composed.yaml(), compose(composed.yaml()).yaml());
    assertEquals(composed.schedule(), compose(composed.yaml()).schedule());
    assertTrue(
        composed.components().stream().anyMatch(c -> c.name().equals("hinge")),
        "what a change brings is a component of the recipe");
  }

  @Test
  void schedulesCanBeReplacedByEqualOnes() {
    ComposedRecipe composed = compose(PLANNED);

    ComposedRecipe replaced =
        composed.withChanges(List.of(ScheduledChange.replaceSchedule(composed.schedule())));

    assertEquals(composed.schedule(), replaced.schedule());
    assertEquals(composed.yaml(), replaced.yaml());
    assertEquals(
        compose(RecipeTester.SMALL)
            .withChanges(List.of(ScheduledChange.replaceSchedule(composed.schedule())))
            .yaml(),
        composed.yaml());
  }

  @Test
  void aScheduleIsWrittenAsYamlWithoutATrailingNewline() {
    Change loss = new Change("loss", "{hinge: {margin: 2}}\n");
    Change removal = Change.removalOf("regularizers[0]");
    assertEquals(
        """
          - after: 5
            set: loss
            to:
              hinge: {margin: 2}
          - after: 7
            remove: regularizers[0]""",
        ScheduledChange.replaceSchedule(
                List.of(new ScheduledChange(5, loss), new ScheduledChange(7, removal)))
            .value());
  }

  @Test
  void changesThatDoNotFitAreRefusedBeforeTheTraining() {
    assertEquals(
        List.of("recipe.yaml:7:5 | The recipe's list does not contain 'picky'. | It is empty."),
        problems("{after: 5, remove: regularizers.picky}"));
    assertTrue(
        problems("{after: 5, set: \"regularizers[+]\", to: instance-nose}")
            .get(0)
            .contains("Did you mean 'instance-noise'?"));
    assertTrue(problems("{after: 5, set: loss.margin, to: 2}").get(0).startsWith("recipe.yaml:7:"));
  }

  @Test
  void onlyChangeablePathsMayChange() {
    assertEquals(
        List.of(
            "recipe.yaml:7:21 | 'train.batch' cannot change during training. | Only"
                + " 'regularizers', 'loss', 'optimizer', 'players' and 'train.steps' can"
                + " change."),
        problems("{after: 5, set: train.batch, to: 2}"));
    assertTrue(
        problems("{after: 5, remove: loss}").get(0).contains("Only a regularizer can be removed"));
    assertTrue(
        problems("{after: 5, set: regularizers, to: []}")
            .get(0)
            .contains("cannot change as a whole"));
  }

  @Test
  void schedulableChangesAreThoseThatRecipesAccept() {
    for (String path :
        List.of("loss", "loss.margin", "regularizers[+]", "optimizer", "players.generator.rate")) {
      assertTrue(ScheduledChange.isSchedulable(new Change(path, "x")), path);
      assertTrue(
          problems("{after: 5, set: \"" + path + "\", to: x}").stream()
              .noneMatch(p -> p.contains("cannot change")),
          path);
    }
    for (String path : List.of("train.batch", "data", "name", "regularizers", "players")) {
      assertFalse(ScheduledChange.isSchedulable(new Change(path, "x")), path);
      assertTrue(
          problems("{after: 5, set: \"" + path + "\", to: x}").get(0).contains("cannot change"),
          path);
    }
    assertTrue(ScheduledChange.isSchedulable(Change.removalOf("regularizers.packing")));
    assertFalse(ScheduledChange.isSchedulable(Change.removalOf("loss")));
    assertFalse(ScheduledChange.isSchedulable(Change.removalOf("metrics.coverage")));
  }

  @Test
  void trainingsCanBecomeLongerOrShorter() {
    ComposedRecipe composed =
        compose(
            RecipeTester.SMALL
                + """
                changes:
                  - {after: 500, set: train.steps, to: 2000}
                  - {after: 800, set: train.steps, to: 900}
                """);

    assertEquals(1000, composed.graph().composition().steps());
    assertEquals(900, composed.totalSteps());
    assertEquals(
        2000,
        composed
            .withChanges(List.of(composed.schedule().get(0).change()))
            .graph()
            .composition()
            .steps());
    assertEquals(composed.yaml(), compose(composed.yaml()).yaml());
    assertEquals(
        List.of(
            "recipe.yaml:7:40 | A training that has done 500 steps cannot have 500 in all. | Write"
                + " a number above 500."),
        problems("{after: 500, set: train.steps, to: 500}"));
    assertTrue(
        problems("{after: 5, set: train.steps, to: many}").get(0).contains("a number of steps"));
  }

  @Test
  void changesAfterTheEndDoNotExtendTheTraining() {
    String shortened =
        RecipeTester.SMALL
            + """
            changes:
              - {after: 500, set: train.steps, to: 600}
              - {after: %d, set: train.steps, to: 2000}
            """;

    assertEquals(600, compose(shortened.formatted(800)).totalSteps());
    assertEquals(2000, compose(shortened.formatted(600)).totalSteps(), "on from where it was done");
  }

  @Test
  void invalidEntriesAreReportedWithTheValidForms() {
    for (String entry :
        List.of("loss", "{after: 5}", "{set: loss, to: hinge}", "{after: 5, set: loss}")) {
      assertTrue(
          problems(entry).get(0).contains("expects 'after' with 'set' and 'to', or with 'remove'"),
          entry);
    }
    assertTrue(
        problems("{after: soon, set: loss, to: hinge}").get(0).contains("a number of steps"));
    assertTrue(
        problems("{after: 5, set: loss, to: hinge, at: 3}")
            .get(0)
            .contains("has no key" + " 'at'"));
  }
}
