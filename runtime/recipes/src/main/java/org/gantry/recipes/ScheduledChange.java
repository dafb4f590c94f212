package org.gantry.recipes;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A change that takes effect during training.
 *
 * @param after the number of steps after which it takes effect
 * @param change a change of the regularizers, loss, optimizer, players or number of steps
 */
public record ScheduledChange(long after, Recipes.Change change) {

  /** The key of a recipe that lists scheduled changes. */
  public static final String KEY = "changes";

  /** The path of the number of steps. */
  public static final String STEPS = "train.steps";

  /** The paths that can change during training; all others are fixed when it begins. */
  public static final List<String> CHANGEABLE_PATHS =
      List.of("regularizers", "loss", "optimizer", "players", STEPS);

  /** The changeable paths that can change only in parts. */
  private static final List<String> CHANGEABLE_IN_PARTS = List.of("regularizers", "players");

  /** Whether a change can take effect during training, provided that it fits the recipe. */
  public static boolean isSchedulable(Recipes.Change change) {
    String path = change.path();
    String root = path.replaceFirst("[.\\[].*", "");
    return !CHANGEABLE_IN_PARTS.contains(path)
        && (change.removes()
            ? root.equals("regularizers")
            : CHANGEABLE_PATHS.contains(root) || CHANGEABLE_PATHS.contains(path));
  }

  /** Creates a change of the number of steps, counted from the first step of the training. */
  public static ScheduledChange steps(long after, long steps) {
    return new ScheduledChange(after, new Recipes.Change(STEPS, Long.toString(steps)));
  }

  /** Returns the new number of steps; empty if this changes something else. */
  public OptionalLong steps() {
    return change.path().equals(STEPS)
        ? OptionalLong.of(Long.parseLong(change.value().strip()))
        : OptionalLong.empty();
  }

  /** Returns the change that replaces the schedule of a recipe. */
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
