package org.gantry.recipes.internal.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gantry.recipes.NetworkFile;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * A recipe with every name resolved to a component and every option bound.
 *
 * @param name the recipe's name
 * @param single the component at each key that holds one
 * @param named the components by name at each key that holds several
 * @param networks the networks, by role or kind
 * @param networksPosition where they are listed
 * @param lists the components at each key that holds a list
 * @param remedies the remedies of each watchdog, in the order of the watchdogs
 * @param players the settings of single players, by name
 * @param settings the values under {@code train}
 * @param settingPosition returns where a value under {@code train} is written
 * @param plannedChanges the changes that take effect during training, in order
 */
public record Recipe(
    String name,
    Map<String, ComponentChoice> single,
    Map<String, Map<String, ComponentChoice>> named,
    Map<String, NetworkChoice> networks,
    SourcePosition networksPosition,
    Map<String, List<ComponentChoice>> lists,
    List<WatchdogRemedies> remedies,
    Map<String, PlayerChoice> players,
    TrainSettings settings,
    Function<String, SourcePosition> settingPosition,
    List<PlannedChange> plannedChanges) {

  /**
   * The settings of one player.
   *
   * @param position where its name is written
   * @param settings its updates per step and its learning rate factor
   * @param optimizer its own optimizer, if it has one
   */
  public record PlayerChoice(
      SourcePosition position, PlayerSettings settings, Optional<ComponentChoice> optimizer) {

    private Mapping toYaml(OptionWriter writer) {
      Mapping yaml = writer.write(settings);
      return optimizer
          .map(choice -> yaml.with(RecipeFormat.OPTIMIZER, choice.toYaml(writer)))
          .orElse(yaml);
    }
  }

  /** Returns every component that the recipe names or has by default, in the recipe's order. */
  public List<ComponentChoice> choices() {
    List<ComponentChoice> choices = new ArrayList<>();
    for (String key : RecipeFormat.KEYS) {
      Optional.ofNullable(single.get(key)).ifPresent(choices::add);
      choices.addAll(named.getOrDefault(key, Map.of()).values());
      choices.addAll(lists.getOrDefault(key, List.of()));
      if (key.equals(RecipeFormat.NETWORKS)) {
        networks.values().stream()
            .flatMap(network -> network.architecture().components())
            .forEach(choices::add);
      } else if (key.equals(RecipeFormat.PLAYERS)) {
        players.values().stream().flatMap(p -> p.optimizer().stream()).forEach(choices::add);
      } else if (key.equals(RecipeFormat.WATCHDOGS)) {
        remedies.forEach(r -> choices.addAll(r.addedRegularizers()));
      } else if (key.equals(RecipeFormat.CHANGES)) {
        plannedChanges.forEach(change -> choices.addAll(change.components()));
      }
    }
    return choices;
  }

  /** Returns the files that networks start from. */
  public List<NetworkFile> networkFiles() {
    List<NetworkFile> files = new ArrayList<>();
    networks.forEach(
        (key, network) -> {
          if (network.architecture() instanceof ModuleFile module) {
            files.add(new NetworkFile(key, module.settings().file(), module.settings().sha256()));
          }
          network.weights().ifPresent(w -> files.add(new NetworkFile(key, w.file(), w.sha256())));
        });
    return files;
  }

  /** Returns the resolved recipe, with every default written out; it reads back as an equal one. */
  public Mapping toYaml(SourcePosition position) {
    OptionWriter writer = new OptionWriter(position);
    List<MappingEntry> entries = new ArrayList<>();
    for (String key : RecipeFormat.KEYS) {
      value(key, position, writer)
          .ifPresent(value -> entries.add(new MappingEntry(key, position, value)));
    }
    return new Mapping(entries, position);
  }

  private Optional<YamlValue> value(String key, SourcePosition position, OptionWriter writer) {
    if (single.containsKey(key)) {
      return Optional.of(single.get(key).toYaml(writer));
    } else if (named.containsKey(key)) {
      return Optional.of(mapping(named.get(key), position, choice -> choice.toYaml(writer)));
    } else if (key.equals(RecipeFormat.WATCHDOGS)) {
      List<YamlValue> items = new ArrayList<>();
      for (int i = 0; i < remedies.size(); i++) {
        items.add(remedies.get(i).toYaml(lists.get(key).get(i), writer));
      }
      return Optional.of(new Sequence(items, position));
    } else if (lists.containsKey(key)) {
      List<YamlValue> items = lists.get(key).stream().map(c -> c.toYaml(writer)).toList();
      return Optional.of(new Sequence(items, position));
    }
    if (key.equals(RecipeFormat.NETWORKS)) {
      return Optional.of(mapping(networks, position, choice -> choice.toYaml(writer)));
    }
    return switch (key) {
      case RecipeFormat.NAME -> Optional.of(writer.text(name));
      case RecipeFormat.TRAIN -> Optional.of(writer.write(settings));
      case RecipeFormat.PLAYERS ->
          players.isEmpty()
              ? Optional.empty()
              : Optional.of(mapping(players, position, player -> player.toYaml(writer)));
      case RecipeFormat.CHANGES ->
          plannedChanges.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Sequence(
                      plannedChanges.stream().map(c -> (YamlValue) c.yaml()).toList(), position));
      default -> throw new IllegalStateException(key);
    };
  }

  private static <T> Mapping mapping(
      Map<String, T> values, SourcePosition position, Function<T, YamlValue> toYaml) {
    return new Mapping(
        values.entrySet().stream()
            .map(e -> new MappingEntry(e.getKey(), position, toYaml.apply(e.getValue())))
            .toList(),
        position);
  }
}
