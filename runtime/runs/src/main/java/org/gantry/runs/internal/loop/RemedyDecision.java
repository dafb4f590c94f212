package org.gantry.runs.internal.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.Remedy;
import org.gantry.recipes.WatchdogRule;
import org.gantry.tensor.RandomStreams;
import org.gantry.watchdog.WatchdogFinding;

/**
 * What a training does about one finding.
 *
 * @param stop whether the training ends
 * @param rollBack which healthy checkpoint to roll back to, from 0 for the latest; -1 for none
 * @param changes of the recipe
 * @param clauses the actions, as clauses
 */
record RemedyDecision(boolean stop, int rollBack, List<Change> changes, List<String> clauses) {

  /** How often the remedies of a watchdog are applied, at most; after that, a user must act. */
  static final int MAX_ATTEMPTS = 3;

  static final RemedyDecision NONE = new RemedyDecision(false, -1, List.of(), List.of());

  /**
   * Decides by the remedies of a watchdog.
   *
   * @param recipe the recipe without the changes that took effect
   * @param before the changes that took effect
   * @param attempt how often the remedies of the watchdog were applied, including this time
   */
  static RemedyDecision of(
      WatchdogRule rule,
      WatchdogFinding finding,
      ComposedRecipe recipe,
      List<Change> before,
      int attempt) {
    boolean stops = rule.remedies().stream().anyMatch(Remedy.StopTraining.class::isInstance);
    if (attempt > MAX_ATTEMPTS && !stops) {
      return rule.rollsBack()
          ? stopping("stopped, because it came back after " + MAX_ATTEMPTS + " attempts")
          : new RemedyDecision(
              false,
              -1,
              List.of(),
              List.of("nothing, because it came back after " + MAX_ATTEMPTS + " attempts"));
    }
    boolean stop = false;
    int rollBack = -1;
    List<Change> changes = new ArrayList<>();
    List<String> clauses = new ArrayList<>();
    for (Remedy remedy : rule.remedies()) {
      if (remedy instanceof Remedy.StopTraining) {
        stop = true;
        clauses.add("stopped");
      } else if (remedy instanceof Remedy.RollBack) {
        rollBack = attempt - 1;
        // The same random draws would lead to the same trouble, so the seed changes.
        long seed =
            new RandomStreams(recipe.settings().seed())
                .at("roll-back", before.size())
                .nextInt(1 << 30);
        changes.add(new Change("train.seed", Long.toString(seed)));
      } else if (remedy instanceof Remedy.LowerRate lower) {
        for (String player : affectedPlayers(finding, recipe)) {
          double rate = rate(player, recipe, before, changes) * lower.factor();
          changes.add(new Change("players." + player + ".rate", Double.toString(rate)));
          clauses.add("the rate of the " + player + " is now multiplied by " + rate);
        }
      } else if (remedy instanceof Remedy.AddRegularizer add) {
        Change change = new Change("regularizers[+]", add.yaml());
        if (!before.contains(change)) {
          changes.add(change);
          clauses.add("added " + add.component());
        }
      }
    }
    return new RemedyDecision(stop, rollBack, changes, clauses);
  }

  /** A decision to end the training. */
  static RemedyDecision stopping(String clause) {
    return new RemedyDecision(true, -1, List.of(), List.of(clause));
  }

  /** The player of a finding, or of the term or network of a finding; else all players. */
  private static List<String> affectedPlayers(WatchdogFinding finding, ComposedRecipe recipe) {
    String first = finding.subject().replaceFirst("/.*", "");
    List<String> players = recipe.graph().players();
    return players.contains(first) ? List.of(first) : players;
  }

  private static double rate(
      String player, ComposedRecipe recipe, List<Change> before, List<Change> now) {
    Map<String, Double> rates = new TreeMap<>(recipe.rateFactors());
    for (List<Change> changes : List.of(before, now)) {
      for (Change change : changes) {
        if (change.path().equals("players." + player + ".rate")) {
          rates.put(player, Double.parseDouble(change.value()));
        }
      }
    }
    return rates.getOrDefault(player, 1.0);
  }
}
