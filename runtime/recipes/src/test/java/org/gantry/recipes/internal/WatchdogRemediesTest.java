package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.WatchdogRule;
import org.gantry.watchdog.Watchdog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogRemediesTest {

  private static final String WATCHED =
      RecipeTester.SMALL
          + """
          watchdogs:
            - barking: {patience: 5}
              on-trouble: [roll-back, {lower-rate: 0.1}, {add: {instance-noise: {sigma: 0.2}}}]
          """;

  @TempDir private Path folder;

  /** One that barks. */
  @Component(kind = ComponentKind.WATCHDOG, name = "barking", summary = "barks")
  static final class Barking implements Watchdog {

    record Options(@Description("how long it waits") @DefaultValue("3") int patience) {}

    Barking(Options options) {}
  }

  /** One that bites. */
  @Component(kind = ComponentKind.WATCHDOG, name = "biting", summary = "bites")
  static final class Biting implements Watchdog {}

  private RecipeTester tester() {
    List<ComponentInfo> all = new ArrayList<>(FakeRegistry.standard().all());
    all.add(FakeRegistry.info(Barking.class, "test.barking"));
    all.add(FakeRegistry.info(Biting.class, "test.biting"));
    all.sort(Comparator.comparing(ComponentInfo::kind).thenComparing(ComponentInfo::name));
    return new RecipeTester(folder, new FakeRegistry(all));
  }

  private ComposedRecipe compose(String text, String... changes) {
    return tester().compose(text, changes);
  }

  private static List<String> names(ComposedRecipe composed) {
    return composed.watchdogs().stream().map(WatchdogRule::name).toList();
  }

  @Test
  void installedWatchdogsWarnByDefault() {
    ComposedRecipe composed = compose(RecipeTester.SMALL);

    assertEquals(List.of("barking", "biting"), names(composed));
    composed.watchdogs().forEach(guard -> assertEquals(List.of(), guard.remedies()));
    assertEquals(List.of(), names(compose(RecipeTester.SMALL + "watchdogs: []\n")));
    assertEquals(List.of("biting"), names(compose(RecipeTester.SMALL + "watchdogs: [biting]\n")));
  }

  @Test
  void remediesAreReadInOrder() {
    List<Remedy> remedies = compose(WATCHED).watchdogs().get(0).remedies();

    assertEquals(new Remedy.RollBack(), remedies.get(0));
    assertEquals(new Remedy.LowerRate(0.1), remedies.get(1));
    Remedy.AddRegularizer add = (Remedy.AddRegularizer) remedies.get(2);
    assertEquals("instance-noise", add.component());
    assertTrue(add.yaml().contains("sigma: 0.2"), add.yaml());
    assertEquals(3, remedies.size());
  }

  @Test
  void resolvedRecipeHasTheSameRemedies() {
    ComposedRecipe first = compose(WATCHED);
    ComposedRecipe second = compose(first.yaml());

    assertEquals(first.yaml(), second.yaml());
    assertEquals(first.watchdogs().get(0).remedies(), second.watchdogs().get(0).remedies());
    assertEquals(
        compose(RecipeTester.SMALL).yaml(), compose(compose(RecipeTester.SMALL).yaml()).yaml());
  }

  @Test
  void changesReachOptionsAndRemedies() {
    assertEquals(
        List.of(new Remedy.StopTraining()),
        compose(WATCHED, "watchdogs[0].on-trouble=stop").watchdogs().get(0).remedies());
    assertEquals(
        List.of(new Remedy.LowerRate(0.5)),
        compose(RecipeTester.SMALL, "watchdogs.biting.on-trouble=lower-rate")
            .watchdogs()
            .get(1)
            .remedies());
    ComposedRecipe patient = compose(WATCHED, "watchdogs.barking.patience=9");
    assertTrue(patient.yaml().contains("{patience: 9}"), patient.yaml());
    assertEquals(3, patient.watchdogs().get(0).remedies().size());
  }

  @Test
  void regularizersOfRemediesCanBeAddedToTheRecipe() {
    ComposedRecipe composed = compose(WATCHED);
    Remedy.AddRegularizer add =
        (Remedy.AddRegularizer) composed.watchdogs().get(0).remedies().get(2);

    ComposedRecipe changed =
        composed.withChanges(
            List.of(
                new Change("regularizers[+]", add.yaml()),
                new Change("players.generator.rate", "0.25"),
                new Change("train.seed", "77")));

    assertEquals(
        List.of("instance-noise"),
        changed.graph().composition().regularizers().stream().map(r -> r.origin().name()).toList());
    assertEquals(0.25, changed.rateFactors().get("generator"));
    assertEquals(77, changed.settings().seed());
  }

  @Test
  void aMistypedKeyNextToAWatchdogIsRefusedWithTheNearestKey() {
    assertEquals(
        List.of(
            "recipe.yaml:6:13 | 'watchdogs[0]' expects one watchdog, not a mapping with 'biting'"
                + " and 'on-truble'. | Did you mean 'on-trouble'? 'on-truble' is not a key here."),
        problems("watchdogs: [{biting: , on-truble: stop}]"));
  }

  @Test
  void invalidRemediesAreRefusedWithTheirPosition() {
    assertEquals(
        List.of(
            "recipe.yaml:6:36 | 'watchdogs[0].on-trouble' expects 'warn', 'stop', 'roll-back',"
                + " 'lower-rate' or 'add', not 'pray'. | Write 'on-trouble: stop', or several in"
                + " order: '[roll-back, {lower-rate: 0.5}, {add: REGULARIZER}]'."),
        problems("watchdogs: [{biting: , on-trouble: pray}]"));
    assertTrue(
        problems("watchdogs: [{biting: , on-trouble: {lower-rate: 2}}]")
            .get(0)
            .contains("must be greater than 0 and less than 1, not 2."));
    assertTrue(
        problems("watchdogs: [{biting: , on-trouble: {add: instance-nose}}]")
            .get(0)
            .contains("Did you mean 'instance-noise'?"));
    assertTrue(
        problems("watchdogs: [bitting]").get(0).contains("There is no watchdog called 'bitting'."));
  }

  private List<String> problems(String line) {
    return tester().problems(RecipeTester.SMALL + line + "\n").stream()
        .map(p -> p.replace(folder + "/", ""))
        .toList();
  }
}
