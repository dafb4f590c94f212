package org.gantry.recipes;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A change that takes effect while a recipe trains.
 *
 * @param after the steps that are done before it
 * @param change of the regularizers, the loss, the optimizer or a player
 */
public record Scheduled(long after, Recipes.Change change) {

  /** The recipe's key for changes like this, in the order in which they take effect. */
  public static final String KEY = "changes";

  /** What makes these the changes that a recipe has, instead of those that it had. */
  public static Recipes.Change all(List<Scheduled> schedule) {
    return new Recipes.Change(
        KEY, schedule.stream().map(Scheduled::yaml).collect(Collectors.joining()));
  }

  private String yaml() {
    return "- after: "
        + after
        + (change.removes()
            ? "\n  remove: " + quoted(change.path()) + "\n"
            : "\n  set: " + quoted(change.path()) + "\n  to:\n" + change.value().strip().indent(4));
  }

  private static String quoted(String path) {
    return "'" + path.replace("'", "''") + "'";
  }
}
