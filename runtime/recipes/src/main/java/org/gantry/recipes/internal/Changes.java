package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;
import org.gantry.recipes.text.YamlReader;

/**
 * Applies changes from the command line to a recipe. A change writes what an editor could have
 * written, so all that is wrong with the result is found by the same checks as in a file; refused
 * here are only paths that lead nowhere.
 */
final class Changes {

  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,6}|\\+)\\]");
  private static final Pattern PATH =
      Pattern.compile("[^.\\[\\]]+(\\[(\\d{1,6}|\\+)\\])*(\\.[^.\\[\\]]+(\\[(\\d{1,6}|\\+)\\])*)*");
  private static final String APPEND = "+";

  /** Ends a change that cannot be made. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    Refused(String message, String fix) {
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
  private record Step(String key, boolean bracketed) {
    boolean appends() {
      return bracketed && key.equals(APPEND);
    }

    @Override
    public String toString() {
      return bracketed ? "[" + key + "]" : key;
    }
  }

  private final Change change;
  private final Place place;
  private final Set<String> componentNames;

  private Changes(Change change, Place place, Set<String> componentNames) {
    this.change = change;
    this.place = place;
    this.componentNames = componentNames;
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
      Problems problems) {
    Mapping changed = recipe;
    for (Change change : changes) {
      Place place = Place.change(change, folder);
      if (change.removes()) {
        try {
          changed = new Changes(change, place, componentNames).without(changed);
        } catch (Refused e) {
          problems.add(place, e.getMessage(), e.fix);
        }
        continue;
      }
      Optional<Value> value = YamlReader.read(change.value(), place, problems);
      if (value.isPresent()) {
        try {
          changed = new Changes(change, place, componentNames).root(changed, value.get());
        } catch (Refused e) {
          problems.add(place, e.getMessage(), e.fix);
        }
      }
    }
    return changed;
  }

  private Mapping root(Mapping recipe, Value value) throws Refused {
    List<Step> path = path();
    String key = path.get(0).key();
    List<Step> rest = path.subList(1, path.size());
    Optional<Value> current = recipe.get(key);
    if (RecipeFormat.SINGLE.containsKey(key)) {
      return recipe.with(key, component(current.or(() -> standard(key)), rest, value));
    } else if (RecipeFormat.LISTS.containsKey(key)) {
      return recipe.with(key, components(current, rest, value));
    } else if (key.equals(RecipeFormat.NETWORKS)) {
      return recipe.with(key, networks(current, rest, value));
    } else if (key.equals(RecipeFormat.PLAYERS)) {
      return recipe.with(key, players(recipe, rest, value));
    } else if (key.equals(RecipeFormat.CHANGES)) {
      return recipe.with(key, plain(Optional.of(list(current)), rest, value));
    } else if (!RecipeFormat.KEYS.contains(key)) {
      throw new Refused(
          "A recipe has no " + Wording.quoted(key) + ".",
          Nearest.hint(key, RecipeFormat.KEYS)
              + "A recipe's keys are "
              + Wording.quoted(RecipeFormat.KEYS, "and")
              + ".");
    }
    return recipe.with(key, plain(current, rest, value));
  }

  /** Takes a component out of a list. */
  private Mapping without(Mapping recipe) throws Refused {
    List<Step> path = path();
    String key = path.get(0).key();
    if (!RecipeFormat.LISTS.containsKey(key) || path.size() != 2) {
      throw new Refused(
          Wording.quoted(change.path()) + " is no component of a list.",
          "Write a path such as 'regularizers.NAME' or 'regularizers[0]'.");
    }
    Sequence list = list(recipe.get(key));
    Step step = path.get(1);
    int index = step.bracketed() ? index(step, list) : indexOf(step.key(), list, "");
    List<Value> left = new ArrayList<>(list.items());
    left.remove(index);
    return recipe.with(key, new Sequence(left, list.place()));
  }

  private Sequence list(Optional<Value> current) {
    return current.isPresent() && current.get() instanceof Sequence sequence
        ? sequence
        : new Sequence(List.of(), place);
  }

  private List<Step> path() throws Refused {
    if (!PATH.matcher(change.path()).matches()) {
      throw new Refused(
          Wording.quoted(change.path()) + " is no path in a recipe.",
          "Write a path such as 'train.steps', 'regularizers[0].sigma' or 'regularizers[+]'.");
    }
    List<Step> path = new ArrayList<>();
    Matcher matcher = STEP.matcher(change.path());
    while (matcher.find()) {
      boolean name = matcher.group(1) != null;
      path.add(new Step(matcher.group(name ? 1 : 2), !name));
    }
    return path;
  }

  private Optional<Value> standard(String key) {
    return Optional.ofNullable(RecipeFormat.STANDARD.get(key))
        .map(name -> new Scalar(name, true, place));
  }

  /** Replaces a component, or changes its options, spelling out the short form where needed. */
  private Value component(Optional<Value> current, List<Step> rest, Value value) throws Refused {
    if (rest.isEmpty()) {
      return value;
    }
    Entry component = named(current);
    String name = Reference.nameIn(component.key());
    Step first = rest.get(0);
    Mapping options =
        component.value() instanceof Mapping mapping
            ? mapping
            : Mapping.empty(component.value().place());
    Value changed;
    if (first.key().equals(name)) {
      if (rest.size() == 1 && !(value instanceof Mapping)) {
        throw new Refused(
            Wording.quoted(change.path()) + " holds the options of " + Wording.quoted(name) + ".",
            "To change one option, go on with its name; to change the component, leave "
                + Wording.quoted(name)
                + " out of the path.");
      }
      changed = plain(Optional.of(options), rest.subList(1, rest.size()), value);
    } else if (rest.size() > 1
        && componentNames.contains(first.key())
        && options.entry(first.key()).isEmpty()) {
      throw new Refused(
          "The recipe has "
              + Wording.quoted(name)
              + " there, not "
              + Wording.quoted(first.key())
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
        List.of(new Entry(component.key(), component.place(), changed)), component.place());
  }

  private Entry named(Optional<Value> component) throws Refused {
    if (component.isPresent()) {
      if (component.get() instanceof Scalar name && !name.isNothing()) {
        return new Entry(name.text(), name.place(), Mapping.empty(name.place()));
      }
      if (component.get() instanceof Mapping mapping && mapping.entries().size() == 1) {
        return mapping.entries().get(0);
      }
    }
    throw new Refused(
        "The recipe names no component at " + Wording.quoted(parent()) + ".",
        "Set the component first: --set " + parent() + "=NAME.");
  }

  /** The path without its last step. */
  private String parent() {
    return change.path().replaceFirst("(\\.[^.\\[]*|\\[[^\\]]*\\])$", "");
  }

  private Value components(Optional<Value> current, List<Step> rest, Value value) throws Refused {
    if (rest.isEmpty()) {
      return value;
    }
    Sequence list = list(current);
    Step first = rest.get(0);
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

  private int indexOf(String name, Sequence list, String otherwise) throws Refused {
    List<String> names = list.items().stream().map(Changes::nameOf).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new Refused(
          "The recipe's list has no " + Wording.quoted(name) + ".",
          (names.isEmpty()
                  ? "It is empty. "
                  : Nearest.hint(name, names) + "It has " + Wording.quoted(names, "and") + ". ")
              + otherwise);
    }
    if (index != names.lastIndexOf(name)) {
      throw new Refused(
          "The recipe's list has " + Wording.quoted(name) + " more than once.",
          "Write its index instead: [" + index + "] is the first.");
    }
    return index;
  }

  /** Changes a component of a list, or what stands beside it. */
  private Value item(Value item, List<Step> rest, Value value) throws Refused {
    if (!change.path().startsWith(RecipeFormat.WATCHDOGS) || rest.isEmpty()) {
      return component(Optional.of(item), rest, value);
    }
    Value watchdog = Troubles.watchdog(item);
    if (rest.get(rest.size() - 1).key().equals(Troubles.KEY)) {
      Entry named = named(Optional.of(watchdog));
      return new Mapping(List.of(named), item.place()).with(Troubles.KEY, value);
    }
    Value changed = component(Optional.of(watchdog), rest, value);
    Optional<Value> beside = Troubles.beside(item);
    return beside.isPresent() && changed instanceof Mapping mapping
        ? mapping.with(Troubles.KEY, beside.get())
        : changed;
  }

  private static String nameOf(Value component) {
    if (component instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      return Reference.nameIn(mapping.entries().get(0).key());
    }
    return component instanceof Scalar name ? Reference.nameIn(name.text()) : "";
  }

  private static int index(Step step, Sequence list) throws Refused {
    int size = list.items().size();
    if (step.appends() || Integer.parseInt(step.key()) >= size) {
      throw new Refused(
          "There is no element " + step + "; the list has " + size + ".",
          size == 0
              ? "Write [+] at the end of the path to append to it."
              : "Write an index from [0] to ["
                  + (size - 1)
                  + "], or [+] at the end of the path to append.");
    }
    return Integer.parseInt(step.key());
  }

  private Value networks(Optional<Value> current, List<Step> rest, Value value) throws Refused {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping networks =
        current.isPresent() && current.get() instanceof Mapping mapping
            ? mapping
            : Mapping.empty(place);
    String role = rest.get(0).key();
    if (rest.size() > 1 && networks.entry(role).isEmpty()) {
      throw new Refused(
          "The recipe has no network " + Wording.quoted(role) + ".",
          networks.entries().isEmpty()
              ? "Set it first: --set networks." + role + "=NAME."
              : Nearest.hint(role, networks.keys())
                  + "It has "
                  + Wording.quoted(networks.keys(), "and")
                  + ".");
    }
    return networks.with(role, component(networks.get(role), rest.subList(1, rest.size()), value));
  }

  private Value players(Mapping recipe, List<Step> rest, Value value) throws Refused {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping players =
        recipe.get(RecipeFormat.PLAYERS).orElse(null) instanceof Mapping mapping
            ? mapping
            : Mapping.empty(place);
    String name = rest.get(0).key();
    List<Step> within = rest.subList(1, rest.size());
    if (within.isEmpty() || !within.get(0).key().equals(RecipeFormat.OPTIMIZER)) {
      return players.with(name, plain(players.get(name), within, value));
    }
    Mapping player =
        players.get(name).orElse(null) instanceof Mapping mapping ? mapping : Mapping.empty(place);
    // A player without an optimizer of its own has the recipe's, from which the change starts.
    Optional<Value> optimizer =
        player
            .get(RecipeFormat.OPTIMIZER)
            .or(() -> recipe.get(RecipeFormat.OPTIMIZER))
            .or(() -> standard(RecipeFormat.OPTIMIZER));
    Value changed = component(optimizer, within.subList(1, within.size()), value);
    return players.with(name, player.with(RecipeFormat.OPTIMIZER, changed));
  }

  /** Follows keys and indices where no component is on the way. */
  private Value plain(Optional<Value> current, List<Step> rest, Value value) throws Refused {
    if (rest.isEmpty()) {
      return value;
    }
    Step first = rest.get(0);
    List<Step> below = rest.subList(1, rest.size());
    if (first.bracketed()) {
      if (current.isEmpty() || !(current.get() instanceof Sequence list)) {
        throw new Refused(
            "The recipe has no list before " + Wording.quoted(first.toString()) + ".",
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
    if (current.isPresent() && !(current.get() instanceof Mapping) && !current.get().isNothing()) {
      throw new Refused(
          "There is nothing below "
              + current.get().found()
              + ", so no "
              + Wording.quoted(first.key())
              + ".",
          "Shorten the path.");
    }
    Mapping mapping =
        current.isPresent() && current.get() instanceof Mapping m ? m : Mapping.empty(place);
    return mapping.with(first.key(), plain(mapping.get(first.key()), below, value));
  }
}
