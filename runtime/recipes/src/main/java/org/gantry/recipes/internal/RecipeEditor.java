package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.MessageWording;
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
 * Applies changes from the command line to a recipe. A change writes what an editor could have
 * written, so all that is wrong with the result is found by the same checks as in a file; refused
 * here are only paths that lead nowhere.
 */
final class RecipeEditor {

  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,6}|\\+)\\]");
  private static final Pattern PATH =
      Pattern.compile("[^.\\[\\]]+(\\[(\\d{1,6}|\\+)\\])*(\\.[^.\\[\\]]+(\\[(\\d{1,6}|\\+)\\])*)*");
  private static final String APPEND = "+";

  /** Ends a change that cannot be made. */
  private static final class EditRefusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    EditRefusal(String message, String fix) {
      super(message);
      this.fix = fix;
    }
  }

  /**
   * One step of a path.
   *
   * @param key a name, an index, or a plus
   * @param bracketed whether it was written in brackets
   */
  private record PathStep(String key, boolean bracketed) {
    boolean appends() {
      return bracketed && key.equals(APPEND);
    }

    @Override
    public String toString() {
      return bracketed ? "[" + key + "]" : key;
    }
  }

  private final Change change;
  private final SourcePosition place;
  private final Set<String> componentNames;

  private RecipeEditor(Change change, SourcePosition place, Set<String> componentNames) {
    this.change = change;
    this.place = place;
    this.componentNames = componentNames;
  }

  /** The position that messages give for a change: the command-line option, or the removal. */
  static SourcePosition position(Change change, Path workingFolder) {
    String option =
        change.removes()
            ? "removing " + change.path()
            : "--set " + change.path() + "=" + change.value().strip();
    return new SourcePosition(option, 0, 0, workingFolder);
  }

  /**
   * Applies changes in order.
   *
   * @param folder what paths in values are relative to
   * @param componentNames the names of all installed components
   */
  static Mapping apply(
      Mapping recipe,
      List<Change> changes,
      Path folder,
      Set<String> componentNames,
      ProblemCollector problems) {
    Mapping changed = recipe;
    for (Change change : changes) {
      SourcePosition place = position(change, folder);
      if (change.removes()) {
        try {
          changed = new RecipeEditor(change, place, componentNames).without(changed);
        } catch (EditRefusal e) {
          problems.add(place, e.getMessage(), e.fix);
        }
        continue;
      }
      Optional<YamlValue> value = YamlReader.read(change.value(), place, problems);
      if (value.isPresent()) {
        try {
          changed = new RecipeEditor(change, place, componentNames).root(changed, value.get());
        } catch (EditRefusal e) {
          problems.add(place, e.getMessage(), e.fix);
        }
      }
    }
    return changed;
  }

  private Mapping root(Mapping recipe, YamlValue value) throws EditRefusal {
    List<PathStep> path = path();
    String key = path.get(0).key();
    List<PathStep> rest = path.subList(1, path.size());
    Optional<YamlValue> current = recipe.get(key);
    if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
      return recipe.with(key, component(current.or(() -> standard(key)), rest, value));
    } else if (RecipeFormat.LIST_KINDS.containsKey(key)) {
      return recipe.with(key, components(current, rest, value));
    } else if (key.equals(RecipeFormat.NETWORKS)) {
      return recipe.with(key, networks(current, rest, value));
    } else if (key.equals(RecipeFormat.PLAYERS)) {
      return recipe.with(key, players(recipe, rest, value));
    } else if (key.equals(RecipeFormat.CHANGES)) {
      return recipe.with(key, plain(Optional.of(list(current)), rest, value));
    } else if (!RecipeFormat.KEYS.contains(key)) {
      throw new EditRefusal(
          "A recipe has no " + MessageWording.quoted(key) + ".",
          NearestName.suggestion(key, RecipeFormat.KEYS)
              + "A recipe's keys are "
              + MessageWording.quoted(RecipeFormat.KEYS, "and")
              + ".");
    }
    return recipe.with(key, plain(current, rest, value));
  }

  /** Takes a component out of a list. */
  private Mapping without(Mapping recipe) throws EditRefusal {
    List<PathStep> path = path();
    String key = path.get(0).key();
    if (!RecipeFormat.LIST_KINDS.containsKey(key) || path.size() != 2) {
      throw new EditRefusal(
          MessageWording.quoted(change.path()) + " is no component of a list.",
          "Write a path such as 'regularizers.NAME' or 'regularizers[0]'.");
    }
    Sequence list = list(recipe.get(key));
    PathStep step = path.get(1);
    int index = step.bracketed() ? index(step, list) : indexOf(step.key(), list, "");
    List<YamlValue> left = new ArrayList<>(list.items());
    left.remove(index);
    return recipe.with(key, new Sequence(left, list.position()));
  }

  private Sequence list(Optional<YamlValue> current) {
    return current.isPresent() && current.get() instanceof Sequence sequence
        ? sequence
        : new Sequence(List.of(), place);
  }

  private List<PathStep> path() throws EditRefusal {
    if (!PATH.matcher(change.path()).matches()) {
      throw new EditRefusal(
          MessageWording.quoted(change.path()) + " is no path in a recipe.",
          "Write a path such as 'train.steps', 'regularizers[0].sigma' or 'regularizers[+]'.");
    }
    List<PathStep> path = new ArrayList<>();
    Matcher matcher = STEP.matcher(change.path());
    while (matcher.find()) {
      boolean name = matcher.group(1) != null;
      path.add(new PathStep(matcher.group(name ? 1 : 2), !name));
    }
    return path;
  }

  private Optional<YamlValue> standard(String key) {
    return Optional.ofNullable(RecipeFormat.DEFAULTS.get(key))
        .map(name -> new Scalar(name, true, place));
  }

  /** Replaces a component, or changes its options, spelling out the short form where needed. */
  private YamlValue component(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusal {
    if (rest.isEmpty()) {
      return value;
    }
    MappingEntry component = named(current);
    String name = ComponentReference.nameIn(component.key());
    PathStep first = rest.get(0);
    Mapping options =
        component.value() instanceof Mapping mapping
            ? mapping
            : Mapping.empty(component.value().position());
    YamlValue changed;
    if (first.key().equals(name)) {
      if (rest.size() == 1 && !(value instanceof Mapping)) {
        throw new EditRefusal(
            MessageWording.quoted(change.path())
                + " holds the options of "
                + MessageWording.quoted(name)
                + ".",
            "To change one option, go on with its name; to change the component, leave "
                + MessageWording.quoted(name)
                + " out of the path.");
      }
      changed = plain(Optional.of(options), rest.subList(1, rest.size()), value);
    } else if (rest.size() > 1
        && componentNames.contains(first.key())
        && options.entry(first.key()).isEmpty()) {
      throw new EditRefusal(
          "The recipe has "
              + MessageWording.quoted(name)
              + " there, not "
              + MessageWording.quoted(first.key())
              + ".",
          "Write '"
              + change.path().replaceFirst(Pattern.quote(first.key()), name)
              + "', or put '--set "
              + change.path().substring(0, change.path().indexOf("." + first.key()))
              + "="
              + first.key()
              + "' before it.");
    } else {
      changed = plain(Optional.of(options), rest, value);
    }
    return new Mapping(
        List.of(new MappingEntry(component.key(), component.position(), changed)),
        component.position());
  }

  private MappingEntry named(Optional<YamlValue> component) throws EditRefusal {
    if (component.isPresent()) {
      if (component.get() instanceof Scalar name && !name.isNull()) {
        return new MappingEntry(name.text(), name.position(), Mapping.empty(name.position()));
      }
      if (component.get() instanceof Mapping mapping && mapping.entries().size() == 1) {
        return mapping.entries().get(0);
      }
    }
    throw new EditRefusal(
        "The recipe names no component at " + MessageWording.quoted(parent()) + ".",
        "Set the component first: --set " + parent() + "=NAME.");
  }

  /** The path without its last step. */
  private String parent() {
    return change.path().replaceFirst("(\\.[^.\\[]*|\\[[^\\]]*\\])$", "");
  }

  private YamlValue components(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusal {
    if (rest.isEmpty()) {
      return value;
    }
    Sequence list = list(current);
    PathStep first = rest.get(0);
    if (first.appends() && rest.size() == 1) {
      return list.with(value);
    }
    if (first.bracketed()) {
      int index = index(first, list);
      return list.with(index, item(list.items().get(index), rest.subList(1, rest.size()), value));
    }
    int index =
        indexOf(
            first.key(),
            list,
            "To add to it, write --set "
                + change.path().substring(0, change.path().indexOf('.'))
                + "[+]=NAME.");
    return list.with(index, item(list.items().get(index), rest, value));
  }

  private int indexOf(String name, Sequence list, String otherwise) throws EditRefusal {
    List<String> names = list.items().stream().map(RecipeEditor::nameOf).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new EditRefusal(
          "The recipe's list has no " + MessageWording.quoted(name) + ".",
          (names.isEmpty()
                  ? "It is empty. "
                  : NearestName.suggestion(name, names)
                      + "It has "
                      + MessageWording.quoted(names, "and")
                      + ". ")
              + otherwise);
    }
    if (index != names.lastIndexOf(name)) {
      throw new EditRefusal(
          "The recipe's list has " + MessageWording.quoted(name) + " more than once.",
          "Write its index instead: [" + index + "] is the first.");
    }
    return index;
  }

  /** Changes a component of a list, or what stands beside it. */
  private YamlValue item(YamlValue item, List<PathStep> rest, YamlValue value) throws EditRefusal {
    if (!change.path().startsWith(RecipeFormat.WATCHDOGS) || rest.isEmpty()) {
      return component(Optional.of(item), rest, value);
    }
    YamlValue watchdog = WatchdogRemedies.withoutRemedies(item);
    if (rest.get(rest.size() - 1).key().equals(WatchdogRemedies.KEY)) {
      MappingEntry named = named(Optional.of(watchdog));
      return new Mapping(List.of(named), item.position()).with(WatchdogRemedies.KEY, value);
    }
    YamlValue changed = component(Optional.of(watchdog), rest, value);
    Optional<YamlValue> beside = WatchdogRemedies.remediesOf(item);
    return beside.isPresent() && changed instanceof Mapping mapping
        ? mapping.with(WatchdogRemedies.KEY, beside.get())
        : changed;
  }

  private static String nameOf(YamlValue component) {
    if (component instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      return ComponentReference.nameIn(mapping.entries().get(0).key());
    }
    return component instanceof Scalar name ? ComponentReference.nameIn(name.text()) : "";
  }

  private static int index(PathStep step, Sequence list) throws EditRefusal {
    int size = list.items().size();
    if (step.appends() || Integer.parseInt(step.key()) >= size) {
      throw new EditRefusal(
          "There is no element " + step + "; the list has " + size + ".",
          size == 0
              ? "Write [+] at the end of the path to append to it."
              : "Write an index from [0] to ["
                  + (size - 1)
                  + "], or [+] at the end of the path to append.");
    }
    return Integer.parseInt(step.key());
  }

  private YamlValue networks(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusal {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping networks =
        current.isPresent() && current.get() instanceof Mapping mapping
            ? mapping
            : Mapping.empty(place);
    String role = rest.get(0).key();
    if (rest.size() > 1 && networks.entry(role).isEmpty()) {
      throw new EditRefusal(
          "The recipe has no network " + MessageWording.quoted(role) + ".",
          networks.entries().isEmpty()
              ? "Set it first: --set networks." + role + "=NAME."
              : NearestName.suggestion(role, networks.keys())
                  + "It has "
                  + MessageWording.quoted(networks.keys(), "and")
                  + ".");
    }
    return networks.with(role, component(networks.get(role), rest.subList(1, rest.size()), value));
  }

  private YamlValue players(Mapping recipe, List<PathStep> rest, YamlValue value)
      throws EditRefusal {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping players =
        recipe.get(RecipeFormat.PLAYERS).orElse(null) instanceof Mapping mapping
            ? mapping
            : Mapping.empty(place);
    String name = rest.get(0).key();
    List<PathStep> within = rest.subList(1, rest.size());
    if (within.isEmpty() || !within.get(0).key().equals(RecipeFormat.OPTIMIZER)) {
      return players.with(name, plain(players.get(name), within, value));
    }
    Mapping player =
        players.get(name).orElse(null) instanceof Mapping mapping ? mapping : Mapping.empty(place);
    // A player without an optimizer of its own has the recipe's, from which the change starts.
    Optional<YamlValue> optimizer =
        player
            .get(RecipeFormat.OPTIMIZER)
            .or(() -> recipe.get(RecipeFormat.OPTIMIZER))
            .or(() -> standard(RecipeFormat.OPTIMIZER));
    YamlValue changed = component(optimizer, within.subList(1, within.size()), value);
    return players.with(name, player.with(RecipeFormat.OPTIMIZER, changed));
  }

  /** Follows keys and indices where no component is on the way. */
  private YamlValue plain(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusal {
    if (rest.isEmpty()) {
      return value;
    }
    PathStep first = rest.get(0);
    List<PathStep> below = rest.subList(1, rest.size());
    if (first.bracketed()) {
      if (current.isEmpty() || !(current.get() instanceof Sequence list)) {
        throw new EditRefusal(
            "The recipe has no list before " + MessageWording.quoted(first.toString()) + ".",
            "Set the whole list: --set "
                + change.path().substring(0, change.path().indexOf(first.toString()))
                + "=[a, b].");
      }
      if (first.appends() && below.isEmpty()) {
        return list.with(value);
      }
      int index = index(first, list);
      return list.with(index, plain(Optional.of(list.items().get(index)), below, value));
    }
    if (current.isPresent() && !(current.get() instanceof Mapping) && !current.get().isNull()) {
      throw new EditRefusal(
          "There is nothing below "
              + current.get().description()
              + ", so no "
              + MessageWording.quoted(first.key())
              + ".",
          "Shorten the path.");
    }
    Mapping mapping =
        current.isPresent() && current.get() instanceof Mapping m ? m : Mapping.empty(place);
    return mapping.with(first.key(), plain(mapping.get(first.key()), below, value));
  }
}
