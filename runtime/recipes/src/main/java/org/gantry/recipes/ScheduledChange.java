package org.gantry.recipes;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A change that takes effect while a recipe trains.
 *
 * @param after the steps that are done before it
 * @param change of the regularizers, the loss, the optimizer, a player or the number of steps
 */
public record ScheduledChange(long after, Recipes.Change change) {

  /** The recipe's key for changes like this, in the order in which they take effect. */
  public static final String KEY = "changes";

  /** The path of the number of steps, over which schedules stretch. */
  public static final String STEPS = "train.steps";

  /** What a training can take over with another graph; the rest is fixed when it begins. */
  public static final List<String> CHANGEABLE_PATHS =
      List.of("regularizers", "loss", "optimizer", "players", STEPS);

  /** Of these the parts change, not the whole. */
  private static final List<String> CHANGEABLE_IN_PARTS = List.of("regularizers", "players");

  /** Whether a change can take effect while a recipe trains, if it fits the recipe at all. */
  public static boolean isSchedulable(Recipes.Change change) {
    String path = change.path();
    String root = path.replaceFirst("[.\\[].*", "");
    return !CHANGEABLE_IN_PARTS.contains(path)
        && (change.removes()
            ? root.equals("regularizers")
            : CHANGEABLE_PATHS.contains(root) || CHANGEABLE_PATHS.contains(path));
  }

  /** From now on the training has so many steps, those that lie behind included. */
  public static ScheduledChange steps(long after, long steps) {
    return new ScheduledChange(after, new Recipes.Change(STEPS, Long.toString(steps)));
  }

  /** The number of steps that this changes to, if it does that. */
  public OptionalLong steps() {
    return change.path().equals(STEPS)
        ? OptionalLong.of(Long.parseLong(change.value().strip()))
        : OptionalLong.empty();
  }

  /** What makes these the changes that a recipe has, instead of those that it had. */
  public static Recipes.Change replaceSchedule(List<ScheduledChange> schedule) {
    return new Recipes.Change(
        KEY, schedule.stream().map(ScheduledChange::yaml).collect(Collectors.joining()));
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
