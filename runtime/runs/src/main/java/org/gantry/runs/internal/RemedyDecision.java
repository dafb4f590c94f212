package org.gantry.runs.internal;

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
 * What is to be done about one finding.
 *
 * @param stop whether the training ends
 * @param rollBack which of the quiet checkpoints to go back to, from 0 for the latest; -1 for none
 * @param changes of the recipe
 * @param clauses what is done, as clauses
 */
record RemedyDecision(boolean stop, int rollBack, List<Change> changes, List<String> clauses) {

  /** So often a watchdog has its remedies applied; what comes back after that needs a person. */
  static final int MAX_ATTEMPTS = 3;

  static final RemedyDecision NONE = new RemedyDecision(false, -1, List.of(), List.of());

  /**
   * Decides.
   *
   * @param base the recipe before any remedy
   * @param before what remedies changed so far
   * @param times how often the watchdog has had its remedies applied, this time included
   */
  static RemedyDecision of(
      WatchdogRule guard,
      WatchdogFinding finding,
      ComposedRecipe base,
      List<Change> before,
      int times) {
    boolean stops = guard.remedies().stream().anyMatch(Remedy.StopTraining.class::isInstance);
    if (times > MAX_ATTEMPTS && !stops) {
      return guard.rollsBack()
          ? stopping("stopped, for it came back after " + MAX_ATTEMPTS + " attempts")
          : new RemedyDecision(
              false,
              -1,
              List.of(),
              List.of("nothing, for it came back after " + MAX_ATTEMPTS + " attempts"));
    }
    boolean stop = false;
    int rollBack = -1;
    List<Change> changes = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Remedy remedy : guard.remedies()) {
      if (remedy instanceof Remedy.StopTraining) {
        stop = true;
        words.add("stopped");
      } else if (remedy instanceof Remedy.RollBack) {
        rollBack = times - 1;
        // The same bits would lead to the same end, so all that is drawn from here on is other.
        long draws =
            new RandomStreams(base.settings().seed())
                .at("roll-back", before.size())
                .nextInt(1 << 30);
        changes.add(new Change("train.seed", Long.toString(draws)));
      } else if (remedy instanceof Remedy.LowerRate lower) {
        for (String player : concerned(finding, base)) {
          double rate = rate(player, base, before, changes) * lower.factor();
          changes.add(new Change("players." + player + ".rate", Double.toString(rate)));
          words.add("the rate of the " + player + " is now multiplied by " + rate);
        }
      } else if (remedy instanceof Remedy.AddRegularizer add) {
        Change change = new Change("regularizers[+]", add.yaml());
        if (!before.contains(change)) {
          changes.add(change);
          words.add("added " + add.component());
        }
      }
    }
    return new RemedyDecision(stop, rollBack, changes, words);
  }

  /** The training ends. */
  static RemedyDecision stopping(String words) {
    return new RemedyDecision(true, -1, List.of(), List.of(words));
  }

  /** The player that a finding names, or whose term or network it names; else all. */
  private static List<String> concerned(WatchdogFinding finding, ComposedRecipe base) {
    String first = finding.subject().replaceFirst("/.*", "");
    List<String> players = base.graph().players();
    return players.contains(first) ? List.of(first) : players;
  }

  private static double rate(
      String player, ComposedRecipe base, List<Change> before, List<Change> now) {
    Map<String, Double> rates = new TreeMap<>(base.rateFactors());
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
