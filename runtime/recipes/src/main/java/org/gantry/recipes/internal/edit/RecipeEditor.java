package org.gantry.recipes.internal.edit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.internal.edit.RecipePath.PathStep;
import org.gantry.recipes.internal.format.NetworkChoice;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.format.WatchdogRemedies;
import org.gantry.recipes.internal.options.ComponentReference;
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
  private final InstalledOptions installed;
  private final ComponentEditor components;

  private RecipeEditor(Change change, SourcePosition position, InstalledOptions installed)
      throws EditRefusedException {
    this.position = position;
    this.path =
        RecipePath.parse(change.path())
            .orElseThrow(
                () ->
                    new EditRefusedException(
                        MessageText.quoted(change.path()) + " is not a path in a recipe.",
                        "Write a path such as 'train.steps', 'regularizers[0].sigma' or"
                            + " 'regularizers[+]'."));
    this.installed = installed;
    this.components = new ComponentEditor(path, position, installed);
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
   * @param installed the options of the installed components
   * @param problems receives a problem for each change that cannot be applied
   * @return the recipe with all changes that could be applied
   */
  public static Mapping apply(
      Mapping recipe,
      List<Change> changes,
      Path folder,
      InstalledOptions installed,
      ProblemCollector problems) {
    return apply(recipe, "", changes, folder, installed, problems);
  }

  /**
   * Applies changes like {@link #apply(Mapping, List, Path, InstalledOptions, ProblemCollector)} to
   * a part of a recipe.
   *
   * @param part the path of the part, which the user wrote before the path of each change
   */
  public static Mapping apply(
      Mapping recipe,
      String part,
      List<Change> changes,
      Path folder,
      InstalledOptions installed,
      ProblemCollector problems) {
    Mapping changed = recipe;
    for (Change change : changes) {
      SourcePosition position =
          position(new Change(part + change.path(), change.value(), change.removes()), folder);
      try {
        if (change.removes()) {
          changed = new RecipeEditor(change, position, installed).remove(changed);
        } else {
          Optional<YamlValue> value = YamlReader.read(change.value(), position, problems);
          if (value.isPresent()) {
            changed = new RecipeEditor(change, position, installed).set(changed, value.get());
          }
        }
      } catch (EditRefusedException e) {
        problems.add(position, e.getMessage(), e.fix().replace("--set ", "--set " + part));
      }
    }
    return changed;
  }

  private Mapping set(Mapping recipe, YamlValue value) throws EditRefusedException {
    String key = path.steps().get(0).key();
    List<PathStep> rest = ComponentEditor.below(path.steps());
    Optional<YamlValue> current = recipe.get(key);
    if (key.equals(RecipeFormat.STAGES) && current.isEmpty()) {
      throw new EditRefusedException(
          "The recipe has no stages.", "Write 'stages:' into a recipe of your own.");
    } else if (RecipeFormat.holdsNames(key, current) && !rest.isEmpty()) {
      return recipe.with(key, setNamed(key, components.mapping(current), rest, value));
    } else if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
      return recipe.with(key, component(key, current.or(() -> defaultComponent(key)), rest, value));
    } else if (RecipeFormat.LIST_KINDS.containsKey(key)) {
      return recipe.with(key, setInList(key, current, rest, value));
    } else if (key.equals(RecipeFormat.NETWORKS)) {
      return recipe.with(key, setNetwork(current, rest, value));
    } else if (key.equals(RecipeFormat.PLAYERS)) {
      return recipe.with(key, setPlayer(recipe, rest, value));
    } else if (key.equals(RecipeFormat.CHANGES)) {
      return recipe.with(
          key, components.setPlain(Optional.of(components.list(current)), rest, value));
    } else if (!RecipeFormat.KEYS_WITH_STAGES.contains(key)) {
      throw new EditRefusedException(
          "A recipe has no key " + MessageText.quoted(key) + ".",
          NearestName.suggestion(key, RecipeFormat.KEYS_WITH_STAGES)
              + "Its keys are "
              + MessageText.quoted(RecipeFormat.KEYS_WITH_STAGES, "and")
              + ".");
    }
    return recipe.with(key, components.setPlain(current, rest, value));
  }

  /** Removes a component from a list. */
  private Mapping remove(Mapping recipe) throws EditRefusedException {
    String key = path.steps().get(0).key();
    if (!RecipeFormat.LIST_KINDS.containsKey(key) || path.steps().size() != 2) {
      throw new EditRefusedException(
          MessageText.quoted(path.text()) + " is not a component in a list.",
          "Write a path such as 'regularizers.NAME' or 'regularizers[0]'.");
    }
    Sequence list = components.list(recipe.get(key));
    PathStep step = path.steps().get(1);
    int index =
        step.bracketed() ? ListIndex.of(step, list) : ListIndex.ofComponent(step.key(), list, "");
    List<YamlValue> remaining = new ArrayList<>(list.items());
    remaining.remove(index);
    return recipe.with(key, new Sequence(remaining, list.position()));
  }

  private Optional<YamlValue> defaultComponent(String key) {
    return Optional.ofNullable(RecipeFormat.DEFAULTS.get(key))
        .map(name -> new Scalar(name, true, position));
  }

  private YamlValue component(
      String key, Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    return components.setComponent(RecipeFormat.SINGLE_KINDS.get(key), current, rest, value);
  }

  private YamlValue setInList(
      String key, Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    String kind = RecipeFormat.LIST_KINDS.get(key);
    return components.setInList(
        current, rest, value, (item, inner) -> setItem(kind, item, inner, value));
  }

  /** Changes a component of a list, or the remedies of a watchdog. */
  private YamlValue setItem(String kind, YamlValue item, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (!path.text().startsWith(RecipeFormat.WATCHDOGS) || rest.isEmpty()) {
      return components.setComponent(kind, Optional.of(item), rest, value);
    }
    YamlValue watchdog = WatchdogRemedies.withoutRemedies(item);
    if (rest.get(rest.size() - 1).key().equals(WatchdogRemedies.KEY)) {
      MappingEntry named = components.nameWithOptions(Optional.of(watchdog));
      return new Mapping(List.of(named), item.position()).with(WatchdogRemedies.KEY, value);
    }
    YamlValue changed = components.setComponent(kind, Optional.of(watchdog), rest, value);
    Optional<YamlValue> remedies = WatchdogRemedies.remediesOf(item);
    return remedies.isPresent() && changed instanceof Mapping mapping
        ? mapping.with(WatchdogRemedies.KEY, remedies.get())
        : changed;
  }

  /** Replaces one of several components by name, adds one, or changes its options. */
  private YamlValue setNamed(String key, Mapping named, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    String name = rest.get(0).key();
    if (rest.size() > 1 && named.entry(name).isEmpty()) {
      throw new EditRefusedException(
          "The recipe has nothing called %s at %s."
              .formatted(MessageText.quoted(name), MessageText.quoted(key)),
          NearestName.suggestion(name, named.keys())
              + "It has "
              + MessageText.quoted(named.keys(), "and")
              + ".");
    }
    return named.with(name, component(key, named.get(name), ComponentEditor.below(rest), value));
  }

  private YamlValue setNetwork(Optional<YamlValue> current, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping networks = components.mapping(current);
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
    return networks.with(
        role, setNetwork(role, networks.get(role), ComponentEditor.below(rest), value));
  }

  /** Replaces a network, its architecture's options, or how it starts and trains. */
  private YamlValue setNetwork(
      String role, Optional<YamlValue> network, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping setup = network.map(NetworkChoice::setupOf).orElse(Mapping.empty(position));
    Optional<YamlValue> architecture = network.flatMap(NetworkChoice::architectureOf);
    String first = rest.get(0).key();
    if (rest.size() == 1 && NetworkChoice.KEYS.contains(first)) {
      return NetworkChoice.joined(architecture, setup.with(first, value));
    }
    YamlValue changed =
        components.setComponent(architectureKind(role, architecture), architecture, rest, value);
    return setup.entries().isEmpty() ? changed : NetworkChoice.joined(Optional.of(changed), setup);
  }

  /** Returns the kind of the network of a role; empty if it is not clear. */
  private String architectureKind(String role, Optional<YamlValue> network) {
    List<String> words = Arrays.asList(role.split("-"));
    Set<String> kinds = new HashSet<>(RecipeFormat.ARCHITECTURES);
    kinds.retainAll(words);
    if (kinds.isEmpty() && network.isPresent()) {
      kinds.addAll(RecipeFormat.ARCHITECTURES);
      kinds.retainAll(installed.kindsOf(nameOf(network.get())).collect(Collectors.toSet()));
    }
    return kinds.size() == 1 ? kinds.iterator().next() : "";
  }

  private static String nameOf(YamlValue component) {
    if (component instanceof Mapping mapping && mapping.entries().size() == 1) {
      return ComponentReference.nameIn(mapping.entries().get(0).key());
    }
    return component instanceof Scalar name ? ComponentReference.nameIn(name.text()) : "";
  }

  private YamlValue setPlayer(Mapping recipe, List<PathStep> rest, YamlValue value)
      throws EditRefusedException {
    if (rest.isEmpty()) {
      return value;
    }
    Mapping players = components.mapping(recipe.get(RecipeFormat.PLAYERS));
    String name = rest.get(0).key();
    List<PathStep> within = ComponentEditor.below(rest);
    if (within.isEmpty() || !within.get(0).key().equals(RecipeFormat.OPTIMIZER)) {
      return players.with(name, components.setPlain(players.get(name), within, value));
    }
    Mapping player = components.mapping(players.get(name));
    // A player without an optimizer of its own uses the recipe's, so the change starts from that.
    Optional<YamlValue> optimizer =
        player
            .get(RecipeFormat.OPTIMIZER)
            .or(() -> recipe.get(RecipeFormat.OPTIMIZER))
            .or(() -> defaultComponent(RecipeFormat.OPTIMIZER));
    YamlValue changed =
        component(RecipeFormat.OPTIMIZER, optimizer, ComponentEditor.below(within), value);
    return players.with(name, player.with(RecipeFormat.OPTIMIZER, changed));
  }
}
