package org.gantry.recipes.internal.edit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.internal.edit.RecipePath.PathStep;
import org.gantry.recipes.internal.format.ComponentReference;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.format.WatchdogRemedies;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * Applies a change to a recipe, as if its author had edited the file. The editor refuses only paths
 * that lead nowhere; the changed recipe is then checked like any other.
 */
public final class RecipeEditor {

  private final RecipePath path;
  private final SourcePosition position;
  private final Set<String> componentNames;

  private RecipeEditor(Change change, SourcePosition position, Set<String> componentNames)
      throws EditRefusedException {
    this.position = position;
    this.componentNames = componentNames;
    this.path =
        RecipePath.parse(change.path())
            .orElseThrow(
                () ->
                    new EditRefusedException(
                        MessageText.quoted(change.path()) + " is not a path in a recipe.",
                        "Write a path such as 'train.steps', 'regularizers[0].sigma' or"
                            + " 'regularizers[+]'."));
  }

  /** Returns the position of a change in messages: the command-line option, or the removal. */
  public static SourcePosition position(Change change, Path workingFolder) {
    String option =
        change.removes()
            ? "removing " + change.path()
            : "--set " + change.path() + "=" + change.value().strip();
    return new SourcePosition(option, 0, 0, workingFolder);
  }

  /**
   * Applies changes in order.
   *
   * @param folder paths in values are relative to it
   * @param componentNames the names of all installed components
   * @param problems receives a problem for each change that cannot be applied
   * @return the recipe with all changes that could be applied
   */
  public static Mapping apply(
      Mapping recipe,
      List<Change> changes,
      Path folder,
      Set<String> componentNames,
      ProblemCollector problems) {
    Mapping changed = recipe;
    for (Change change : changes) {
      SourcePosition position = position(change, folder);
      try {
        if (change.removes()) {
          changed = new RecipeEditor(change, position, componentNames).remove(changed);
        } else {
          Optional<YamlValue> value = YamlReader.read(change.value(), position, problems);
          if (value.isPresent()) {
            changed = new RecipeEditor(change, position, componentNames).set(changed, value.get());
          }
        }
      } catch (EditRefusedException e) {
        problems.add(position, e.getMessage(), e.fix());
      }
    }
    return changed;
  }

  private Mapping set(Mapping recipe, YamlValue value) throws EditRefusedException {
    String key = path.steps().get(0).key();
    List<PathStep> rest = below(path.steps());
    Optional<YamlValue> current = recipe.get(key);
    if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
      return recipe.with(key, setComponent(current.or(() -> defaultComponent(key)), rest, value));
    } else if (RecipeFormat.LIST_KINDS.containsKey(key)) {
      return recipe.with(key, setInList(current, rest, value));
    } else if (key.equals(RecipeFormat.NETWORKS)) {
      return recipe.with(key, setNetwork(current, rest, value));
    } else if (key.equals(RecipeFormat.PLAYERS)) {
      return recipe.with(key, setPlayer(recipe, rest, value));
    } else if (key.equals(RecipeFormat.CHANGES)) {
      return recipe.with(key, setPlain(Optional.of(list(current)), rest, value));
    } else if (!RecipeFormat.KEYS.contains(key)) {
      throw new EditRefusedException(
          "A recipe has no key " + MessageText.quoted(key) + ".",
          NearestName.suggestion(key, RecipeFormat.KEYS)
              + "Its keys are "
              + MessageText.quoted(RecipeFormat.KEYS, "and")
              + ".");
    }
    return recipe.with(key, setPlain(current, rest, value));
  }

  /** Removes a component from a list. */
  private Mapping remove(Mapping recipe) throws EditRefusedException {
    String key = path.steps().get(0).key();
    if (!RecipeFormat.LIST_KINDS.containsKey(key) || path.steps().size() != 2) {
      throw new EditRefusedException(
          MessageText.quoted(path.text()) + " is not a component in a list.",
          "Write a path such as 'regularizers.NAME' or 'regularizers[0]'.");
    }
    Sequence list = list(recipe.get(key));
    PathStep step = path.steps().get(1);
    int index =
        step.bracketed() ? ListIndex.of(step, list) : ListIndex.ofComponent(step.key(), list, "");
    List<YamlValue> remaining = new ArrayList<>(list.items());
    remaining.remove(index);
    return recipe.with(key, new Sequence(remaining, list.position()));
  }

  private Sequence list(Optional<YamlValue> value) {
    return value.isPresent() && value.get() instanceof Sequence sequence
        ? sequence
        : new Sequence(List.of(), position);
  }

  private Mapping mapping(Optional<YamlValue> value) {
    return value.isPresent() && value.get() instanceof Mapping mapping
        ? mapping
        : Mapping.empty(position);
  }

  private Optional<YamlValue> defaultComponent(String key) {
    return Optional.ofNullable(RecipeFormat.DEFAULTS.get(key))
        .map(name -> new Scalar(name, true, position));
  }

  /** Replaces a component or changes its options; the path may contain the component's name. */
  private YamlValue setComponent(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    MappingEntry component = nameWithOptions(current);
    String name = ComponentReference.nameIn(component.key());
    String first = rest.get(0).key();
    Mapping options =
        component.value() instanceof Mapping mapping
            ? mapping
            : Mapping.empty(component.value().position());
    List<PathStep> optionPath = rest;
    if (first.equals(name)) {
      if (rest.size() == 1 && !(value instanceof Mapping)) {
        throw new EditRefusedException(
            "%s holds the options of %s."
                .formatted(MessageText.quoted(path.text()), MessageText.quoted(name)),
            "To change one option, add its name to the path; to change the component, remove "
                + MessageText.quoted(name)
                + " from the path.");
      }
      optionPath = below(rest);
    } else if (rest.size() > 1
        && componentNames.contains(first)
        && options.entry(first).isEmpty()) {
      throw new EditRefusedException(
          "The recipe has %s there, not %s."
              .formatted(MessageText.quoted(name), MessageText.quoted(first)),
          "Write '%s', or put '--set %s=%s' before it."
              .formatted(
                  path.text().replaceFirst(Pattern.quote(first), name),
                  path.before("." + first),
                  first));
    }
    YamlValue changed = setPlain(Optional.of(options), optionPath, value);
    return new Mapping(
        List.of(new MappingEntry(component.key(), component.position(), changed)),
        component.position());
  }

  private MappingEntry nameWithOptions(Optional<YamlValue> component) throws EditRefusedException {
    if (component.isPresent()) {
      if (component.get() instanceof Scalar name && !name.isNull()) {
        return new MappingEntry(name.text(), name.position(), Mapping.empty(name.position()));
      }
      if (component.get() instanceof Mapping mapping && mapping.entries().size() == 1) {
        return mapping.entries().get(0);
      }
    }
    throw new EditRefusedException(
        "The recipe names no component at " + MessageText.quoted(path.parent()) + ".",
        "Set the component first: --set " + path.parent() + "=NAME.");
  }

  private YamlValue setInList(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Sequence list = list(current);
    PathStep first = rest.get(0);
    if (first.appends() && rest.size() == 1) {
      return list.with(value);
    }
    if (first.bracketed()) {
      int index = ListIndex.of(first, list);
      return list.with(index, setItem(list.items().get(index), below(rest), value));
    }
    int index =
        ListIndex.ofComponent(
            first.key(), list, "To add it, write --set " + path.before(".") + "[+]=NAME.");
    return list.with(index, setItem(list.items().get(index), rest, value));
  }

  /** Changes a component of a list, or the remedies of a watchdog. */
  private YamlValue setItem(YamlValue item, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (!path.text().startsWith(RecipeFormat.WATCHDOGS) || rest.isEmpty()) {
      return setComponent(Optional.of(item), rest, value);
    }
    YamlValue watchdog = WatchdogRemedies.withoutRemedies(item);
    if (rest.get(rest.size() - 1).key().equals(WatchdogRemedies.KEY)) {
      MappingEntry named = nameWithOptions(Optional.of(watchdog));
      return new Mapping(List.of(named), item.position()).with(WatchdogRemedies.KEY, value);
    }
    YamlValue changed = setComponent(Optional.of(watchdog), rest, value);
    Optional<YamlValue> remedies = WatchdogRemedies.remediesOf(item);
    return remedies.isPresent() && changed instanceof Mapping mapping
        ? mapping.with(WatchdogRemedies.KEY, remedies.get())
        : changed;
  }

  private YamlValue setNetwork(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping networks = mapping(current);
    String role = rest.get(0).key();
    if (rest.size() > 1 && networks.entry(role).isEmpty()) {
      throw new EditRefusedException(
          "The recipe has no network " + MessageText.quoted(role) + ".",
          networks.entries().isEmpty()
              ? "Set it first: --set networks." + role + "=NAME."
              : NearestName.suggestion(role, networks.keys())
                  + "It has "
                  + MessageText.quoted(networks.keys(), "and")
                  + ".");
    }
    return networks.with(role, setComponent(networks.get(role), below(rest), value));
  }

  private YamlValue setPlayer(Mapping recipe, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping players = mapping(recipe.get(RecipeFormat.PLAYERS));
    String name = rest.get(0).key();
    List<PathStep> within = below(rest);
    if (within.isEmpty() || !within.get(0).key().equals(RecipeFormat.OPTIMIZER)) {
      return players.with(name, setPlain(players.get(name), within, value));
    }
    Mapping player = mapping(players.get(name));
    // A player without an optimizer of its own uses the recipe's, so the change starts from that.
    Optional<YamlValue> optimizer =
        player
            .get(RecipeFormat.OPTIMIZER)
            .or(() -> recipe.get(RecipeFormat.OPTIMIZER))
            .or(() -> defaultComponent(RecipeFormat.OPTIMIZER));
    YamlValue changed = setComponent(optimizer, below(within), value);
    return players.with(name, player.with(RecipeFormat.OPTIMIZER, changed));
  }

  /** Follows keys and indices below which there are no components. */
  private YamlValue setPlain(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    PathStep first = rest.get(0);
    List<PathStep> below = below(rest);
    if (first.bracketed()) {
      if (current.isEmpty() || !(current.get() instanceof Sequence list)) {
        throw new EditRefusedException(
            "The recipe has no list before " + MessageText.quoted(first.toString()) + ".",
            "Set the whole list: --set " + path.before(first.toString()) + "=[a, b].");
      }
      if (first.appends() && below.isEmpty()) {
        return list.with(value);
      }
      int index = ListIndex.of(first, list);
      return list.with(index, setPlain(Optional.of(list.items().get(index)), below, value));
    }
    if (current.isPresent() && !(current.get() instanceof Mapping) && !current.get().isNull()) {
      throw new EditRefusedException(
          "%s has no key %s."
              .formatted(current.get().description(), MessageText.quoted(first.key())),
          "Shorten the path.");
    }
    Mapping mapping = mapping(current);
    return mapping.with(first.key(), setPlain(mapping.get(first.key()), below, value));
  }

  private static List<PathStep> below(List<PathStep> steps) {
    return steps.subList(1, steps.size());
  }
}
