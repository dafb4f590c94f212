package org.gantry.recipes.internal.format;

import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * An entry of a recipe's {@code changes}, such as {@code {after: 500, set: loss, to: hinge}} or
 * {@code {after: 800, remove: regularizers.packing}}.
 *
 * @param position where it is written
 * @param scheduled the change
 * @param components the components that it sets
 * @param yaml the entry with every default written out
 */
public record PlannedChange(
    SourcePosition position,
    ScheduledChange scheduled,
    List<ComponentChoice> components,
    Mapping yaml) {

  public static final String AFTER = "after";
  public static final String SET = "set";
  public static final String TO = "to";
  public static final String REMOVE = "remove";
  public static final List<String> KEYS = List.of(AFTER, SET, TO, REMOVE);

  /**
   * Reads the list of changes.
   *
   * @param problems receives a problem for each entry that cannot be read
   */
  public static List<PlannedChange> readAll(
      YamlValue yaml, ComponentResolver resolver, ProblemCollector problems) {
    List<PlannedChange> changes = new ArrayList<>();
    if (yaml instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String path = RecipeFormat.CHANGES + "[" + i + "]";
        new PlannedChangeReader(path, resolver, problems)
            .read(sequence.items().get(i))
            .ifPresent(changes::add);
      }
    } else if (!yaml.isNull()) {
      problems.addUnexpected(
          yaml.position(),
          MessageText.quoted(RecipeFormat.CHANGES) + " expects",
          "a list",
          yaml.description(),
          "Write each change on its own line: '- {after: 500, set: loss, to: hinge}'.");
    }
    return changes;
  }
}
