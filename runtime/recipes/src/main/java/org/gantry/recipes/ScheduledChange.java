package org.gantry.recipes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.gantry.recipes.text.YamlWriter;

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

  private static final SourcePosition NOWHERE = SourcePosition.startOf(KEY, Path.of(""));

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
    List<YamlValue> entries = schedule.stream().<YamlValue>map(ScheduledChange::yaml).toList();
    String list = YamlWriter.write(new Sequence(entries, NOWHERE));
    return new Recipes.Change(KEY, list.stripTrailing().stripIndent());
  }

  private Mapping yaml() {
    Mapping entry =
        Mapping.empty(NOWHERE).with("after", new Scalar(Long.toString(after), true, NOWHERE));
    Scalar path = new Scalar(change.path(), true, NOWHERE);
    return change.removes()
        ? entry.with("remove", path)
        : entry.with("set", path).with("to", value());
  }

  private YamlValue value() {
    ProblemCollector problems = new ProblemCollector();
    Optional<YamlValue> value = YamlReader.read(change.value(), NOWHERE, problems);
    problems.throwIfAny();
    return value.orElseThrow();
  }
}
