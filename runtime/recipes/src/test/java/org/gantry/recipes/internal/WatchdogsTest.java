package org.gantry.recipes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Guard;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.Remedy;
import org.gantry.watchdog.Watchdog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogsTest {

  private static final String WATCHED =
      Kitchen.SMALL
          + """
          watchdogs:
            - barking: {patience: 5}
              on-trouble: [roll-back, {lower-rate: 0.1}, {add: {instance-noise: {sigma: 0.2}}}]
          """;

  @TempDir private Path folder;

  /** One that barks. */
  @Component(kind = Kind.WATCHDOG, name = "barking", summary = "barks")
  static final class Barking implements Watchdog {

    record Options(@Doc("how long it waits") @Default("3") int patience) {}

    Barking(Options options) {}
  }

  /** One that bites. */
  @Component(kind = Kind.WATCHDOG, name = "biting", summary = "bites")
  static final class Biting implements Watchdog {}

  private Kitchen kitchen() {
    List<ComponentInfo> all = new ArrayList<>(FakeComponents.standard().all());
    all.add(FakeComponents.info(Barking.class, "test.barking"));
    all.add(FakeComponents.info(Biting.class, "test.biting"));
    all.sort(Comparator.comparing(ComponentInfo::kind).thenComparing(ComponentInfo::name));
    return new Kitchen(folder, new FakeComponents(all));
  }

  private Composed compose(String text, String... changes) {
    return kitchen().compose(text, changes);
  }

  private static List<String> names(Composed composed) {
    return composed.guards().stream().map(Guard::name).toList();
  }

  @Test
  void allThatAreInstalledWatchAndWarnUnlessTheRecipeSaysOtherwise() {
    Composed composed = compose(Kitchen.SMALL);

    assertEquals(List.of("barking", "biting"), names(composed));
    composed.guards().forEach(guard -> assertEquals(List.of(), guard.onTrouble()));
    assertEquals(List.of(), names(compose(Kitchen.SMALL + "watchdogs: []\n")));
    assertEquals(List.of("biting"), names(compose(Kitchen.SMALL + "watchdogs: [biting]\n")));
  }

  @Test
  void whatIsToBeDoneStandsBesideTheWatchdogInItsOrder() {
    List<Remedy> remedies = compose(WATCHED).guards().get(0).onTrouble();

    assertEquals(new Remedy.RollBack(), remedies.get(0));
    assertEquals(new Remedy.LowerRate(0.1), remedies.get(1));
    Remedy.Add add = (Remedy.Add) remedies.get(2);
    assertEquals("instance-noise", add.component());
    assertTrue(add.yaml().contains("sigma: 0.2"), add.yaml());
    assertEquals(3, remedies.size());
  }

  @Test
  void theResolvedRecipeSaysTheSame() {
    Composed first = compose(WATCHED);
    Composed second = compose(first.yaml());

    assertEquals(first.yaml(), second.yaml());
    assertEquals(first.guards().get(0).onTrouble(), second.guards().get(0).onTrouble());
    assertEquals(compose(Kitchen.SMALL).yaml(), compose(compose(Kitchen.SMALL).yaml()).yaml());
  }

  @Test
  void aChangeReachesWhatStandsBesideAndWhatStandsWithin() {
    assertEquals(
        List.of(new Remedy.Stop()),
        compose(WATCHED, "watchdogs[0].on-trouble=stop").guards().get(0).onTrouble());
    assertEquals(
        List.of(new Remedy.LowerRate(0.5)),
        compose(Kitchen.SMALL, "watchdogs.biting.on-trouble=lower-rate")
            .guards()
            .get(1)
            .onTrouble());
    Composed patient = compose(WATCHED, "watchdogs.barking.patience=9");
    assertTrue(patient.yaml().contains("{patience: 9}"), patient.yaml());
    assertEquals(3, patient.guards().get(0).onTrouble().size());
  }

  @Test
  void whatARemedyAddsCanBeAddedToTheRecipe() {
    Composed composed = compose(WATCHED);
    Remedy.Add add = (Remedy.Add) composed.guards().get(0).onTrouble().get(2);

    Composed changed =
        composed.changed(
            List.of(
                new Change("regularizers[+]", add.yaml()),
                new Change("players.generator.rate", "0.25"),
                new Change("train.seed", "77")));

    assertEquals(
        List.of("instance-noise"),
        changed.graph().composition().regularizers().stream().map(r -> r.origin().name()).toList());
    assertEquals(0.25, changed.rates().get("generator"));
    assertEquals(77, changed.settings().seed());
  }

  @Test
  void whatCannotBeDoneIsRefusedWithItsPlace() {
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
    return kitchen().problems(Kitchen.SMALL + line + "\n").stream()
        .map(p -> p.replace(folder + "/", ""))
        .toList();
  }
}
