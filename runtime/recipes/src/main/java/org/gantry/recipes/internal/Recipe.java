package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * What a recipe says, every name resolved and every option bound.
 *
 * @param name the recipe's name
 * @param single the choice at each key that holds one component
 * @param networks the architectures, by role or kind
 * @param networksPosition where they are listed
 * @param lists the choices at each key that holds a list
 * @param remedies what stands beside each watchdog
 * @param players what differs for single players
 * @param settings what {@code train} says
 * @param batchPosition where the size of a batch is written
 * @param keepBestPosition where the value whose best checkpoint is kept is written
 * @param plannedChanges what changes while it trains
 */
record Recipe(
    String name,
    Map<String, ComponentChoice> single,
    Map<String, ComponentChoice> networks,
    SourcePosition networksPosition,
    Map<String, List<ComponentChoice>> lists,
    List<WatchdogRemedies> remedies,
    Map<String, PlayerChoice> players,
    TrainSettings settings,
    SourcePosition batchPosition,
    SourcePosition keepBestPosition,
    List<PlannedChange> plannedChanges) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * What differs for one player.
   *
   * @param position where its name is written
   * @param settings updates in each step, and what its rate is multiplied by
   * @param optimizer its own optimizer, if it has one
   */
  record PlayerChoice(
      SourcePosition position, PlayerSettings settings, Optional<ComponentChoice> optimizer) {}

  /** The name of a file as a recipe's name, which is more restricted. */
  static String nameFrom(String file) {
    String name = file.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "recipe" : name;
  }

  /** Every choice, in the order of the recipe. */
  List<ComponentChoice> choices() {
    List<ComponentChoice> choices = new ArrayList<>();
    for (String key : RecipeFormat.KEYS) {
      Optional.ofNullable(single.get(key)).ifPresent(choices::add);
      choices.addAll(lists.getOrDefault(key, List.of()));
      if (key.equals(RecipeFormat.NETWORKS)) {
        choices.addAll(networks.values());
      } else if (key.equals(RecipeFormat.PLAYERS)) {
        players.values().stream().flatMap(p -> p.optimizer().stream()).forEach(choices::add);
      } else if (key.equals(RecipeFormat.WATCHDOGS)) {
        remedies.forEach(t -> choices.addAll(t.addedRegularizers()));
      } else if (key.equals(RecipeFormat.CHANGES)) {
        plannedChanges.forEach(plan -> plan.component().ifPresent(choices::add));
      }
    }
    return choices;
  }

  /** This recipe with all that a recipe can leave out; reading it gives an equal one. */
  Mapping toYaml(SourcePosition place) {
    OptionWriter spelling = new OptionWriter(place);
    List<MappingEntry> entries = new ArrayList<>();
    for (String key : RecipeFormat.KEYS) {
      value(key, place, spelling)
          .ifPresent(value -> entries.add(new MappingEntry(key, place, value)));
    }
    return new Mapping(entries, place);
  }

  private Optional<YamlValue> value(String key, SourcePosition place, OptionWriter spelling) {
    if (single.containsKey(key)) {
      return Optional.of(single.get(key).toYaml(spelling));
    } else if (key.equals(RecipeFormat.WATCHDOGS)) {
      List<YamlValue> items = new ArrayList<>();
      for (int i = 0; i < remedies.size(); i++) {
        items.add(remedies.get(i).toYaml(lists.get(key).get(i), spelling));
      }
      return Optional.of(new Sequence(items, place));
    } else if (lists.containsKey(key)) {
      List<YamlValue> items = lists.get(key).stream().map(c -> c.toYaml(spelling)).toList();
      return Optional.of(new Sequence(items, place));
    }
    return switch (key) {
      case RecipeFormat.NAME -> Optional.of(spelling.text(name));
      case RecipeFormat.TRAIN -> Optional.of(spelling.write(settings));
      case RecipeFormat.CHANGES ->
          plannedChanges.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Sequence(
                      plannedChanges.stream().map(p -> (YamlValue) p.yaml()).toList(), place));
      case RecipeFormat.NETWORKS ->
          Optional.of(
              new Mapping(
                  networks.entrySet().stream()
                      .map(e -> new MappingEntry(e.getKey(), place, e.getValue().toYaml(spelling)))
                      .toList(),
                  place));
      default ->
          players.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Mapping(
                      players.entrySet().stream()
                          .map(
                              e ->
                                  new MappingEntry(
                                      e.getKey(), place, player(e.getValue(), spelling)))
                          .toList(),
                      place));
    };
  }

  private static Mapping player(PlayerChoice player, OptionWriter spelling) {
    Mapping settings = spelling.write(player.settings());
    return player
        .optimizer()
        .map(choice -> settings.with(RecipeFormat.OPTIMIZER, choice.toYaml(spelling)))
        .orElse(settings);
  }

  /**
   * Reads a recipe.
   *
   * @param fallbackName its name, if it states none
   * @param start the start of its file
   * @return empty if there were problems
   */
  static Optional<Recipe> read(
      Mapping recipe,
      String fallbackName,
      SourcePosition start,
      ComponentResolver chooser,
      ProblemCollector problems) {
    RecipeReader reader = new RecipeReader(recipe, start, chooser, problems);
    Recipe read = reader.recipe(fallbackName);
    return problems.isEmpty() ? Optional.of(read) : Optional.empty();
  }

  /** Reads the keys one by one; what cannot be read is a problem and left out. */
  private record RecipeReader(
      Mapping recipe, SourcePosition start, ComponentResolver chooser, ProblemCollector problems) {

    Recipe recipe(String fallbackName) {
      refuseUnknown("A recipe", recipe, RecipeFormat.KEYS);
      for (String key : RecipeFormat.REQUIRED) {
        if (recipe.entry(key).isEmpty()) {
          problems.add(
              start,
              "The recipe has no "
                  + MessageWording.quoted(key)
                  + ": "
                  + RecipeFormat.description(key)
                  + ".",
              key.equals(RecipeFormat.DATA)
                  ? "Write 'data: NAME'; a data set is the least that a recipe names."
                  : "Write 'networks:', and below it, indented, 'generator: NAME' and"
                      + " 'discriminator: NAME'.");
        }
      }
      Map<String, ComponentChoice> single = new LinkedHashMap<>();
      Map<String, List<ComponentChoice>> lists = new LinkedHashMap<>();
      for (String key : RecipeFormat.KEYS) {
        if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
          single(key).ifPresent(choice -> single.put(key, choice));
        } else if (RecipeFormat.LIST_KINDS.containsKey(key)) {
          lists.put(key, list(key));
        }
      }
      Map<String, ComponentChoice> networks = new LinkedHashMap<>();
      for (MappingEntry entry : below(RecipeFormat.NETWORKS).entries()) {
        chooser
            .resolveNetwork(entry.key(), entry.value(), RecipeFormat.NETWORKS + "." + entry.key())
            .ifPresent(choice -> networks.put(entry.key(), choice));
      }
      Map<String, PlayerChoice> players = new LinkedHashMap<>();
      for (MappingEntry entry : below(RecipeFormat.PLAYERS).entries()) {
        player(entry).ifPresent(player -> players.put(entry.key(), player));
      }
      TrainSettings settings = settings();
      SourcePosition networksPlace =
          recipe.entry(RecipeFormat.NETWORKS).map(MappingEntry::position).orElse(start);
      return new Recipe(
          name(fallbackName),
          single,
          networks,
          networksPlace,
          lists,
          troubles(),
          players,
          settings,
          setting("batch"),
          setting("keep-best"),
          recipe
              .get(RecipeFormat.CHANGES)
              .map(written -> PlannedChange.read(written, chooser, problems))
              .orElse(List.of()));
    }

    private String name(String fallback) {
      Optional<YamlValue> written = recipe.get(RecipeFormat.NAME);
      if (written.isEmpty()) {
        return fallback;
      }
      if (written.get() instanceof Scalar name && NAME.matcher(name.text()).matches()) {
        return name.text();
      }
      problems.addUnexpected(
          written.get().position(),
          "'name' expects",
          "letters, digits, '.', '_' and '-'",
          written.get().description(),
          "It names a folder.");
      return fallback;
    }

    private Optional<ComponentChoice> single(String key) {
      Optional<YamlValue> written = recipe.get(key);
      if (written.isPresent()) {
        return chooser.resolve(RecipeFormat.SINGLE_KINDS.get(key), written.get(), key);
      }
      return RecipeFormat.DEFAULTS.containsKey(key)
          ? chooser.resolveDefault(key, start)
          : Optional.empty();
    }

    private List<ComponentChoice> list(String key) {
      Optional<YamlValue> written = recipe.get(key);
      if (written.isEmpty() || written.get().isNull()) {
        return List.of();
      }
      List<ComponentChoice> choices = new ArrayList<>();
      if (written.get() instanceof Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
          YamlValue item = sequence.items().get(i);
          chooser
              .resolve(
                  RecipeFormat.LIST_KINDS.get(key),
                  key.equals(RecipeFormat.WATCHDOGS)
                      ? WatchdogRemedies.withoutRemedies(item)
                      : item,
                  key + "[" + i + "]")
              .ifPresent(choices::add);
        }
      } else {
        problems.addUnexpected(
            written.get().position(),
            MessageWording.quoted(key) + " expects",
            "a list",
            written.get().description(),
            "Write each on a line of its own, indented, with '- ' before its name.");
      }
      return choices;
    }

    private List<WatchdogRemedies> troubles() {
      List<WatchdogRemedies> troubles = new ArrayList<>();
      if (recipe.get(RecipeFormat.WATCHDOGS).orElse(null) instanceof Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
          String path = RecipeFormat.WATCHDOGS + "[" + i + "]";
          troubles.add(WatchdogRemedies.read(sequence.items().get(i), path, chooser, problems));
        }
      }
      return troubles;
    }

    private Mapping below(String key) {
      Optional<YamlValue> written = recipe.get(key);
      if (written.isPresent() && written.get() instanceof Mapping mapping) {
        return mapping;
      }
      boolean nothing = written.isEmpty() || written.get().isNull();
      if (!nothing) {
        problems.addUnexpected(
            written.get().position(),
            MessageWording.quoted(key) + " expects",
            "'key: value' lines",
            written.get().description(),
            "Write them below it, indented.");
      }
      return Mapping.empty(start);
    }

    /** Where a setting is written, or else where it would be. */
    private SourcePosition setting(String name) {
      return recipe
          .get(RecipeFormat.TRAIN)
          .filter(Mapping.class::isInstance)
          .flatMap(train -> ((Mapping) train).entry(name))
          .or(() -> recipe.entry(RecipeFormat.TRAIN))
          .map(MappingEntry::position)
          .orElse(start);
    }

    private TrainSettings settings() {
      SourcePosition place =
          recipe.entry(RecipeFormat.TRAIN).map(MappingEntry::position).orElse(start);
      return new OptionBinder(problems)
          .bind(TrainSettings.class, below(RecipeFormat.TRAIN), RecipeFormat.TRAIN, place)
          .orElse(null);
    }

    private Optional<PlayerChoice> player(MappingEntry entry) {
      String path = RecipeFormat.PLAYERS + "." + entry.key();
      if (!(entry.value() instanceof Mapping mapping)) {
        problems.addUnexpected(
            entry.value().position(),
            MessageWording.quoted(path) + " expects",
            "'updates', 'rate' or 'optimizer'",
            entry.value().description(),
            "Write '" + entry.key() + ": {updates: 5}'.");
        return Optional.empty();
      }
      refuseUnknown(
          MessageWording.quoted(path), mapping, List.of("updates", "rate", RecipeFormat.OPTIMIZER));
      List<MappingEntry> plain =
          mapping.entries().stream()
              .filter(e -> List.of("updates", "rate").contains(e.key()))
              .toList();
      Optional<PlayerSettings> settings =
          new OptionBinder(problems)
              .bind(
                  PlayerSettings.class,
                  new Mapping(plain, mapping.position()),
                  path,
                  entry.position());
      Optional<ComponentChoice> optimizer =
          mapping
              .get(RecipeFormat.OPTIMIZER)
              .flatMap(
                  value ->
                      chooser.resolve(
                          RecipeFormat.SINGLE_KINDS.get(RecipeFormat.OPTIMIZER),
                          value,
                          path + "." + RecipeFormat.OPTIMIZER));
      return settings.map(s -> new PlayerChoice(entry.position(), s, optimizer));
    }

    private void refuseUnknown(String owner, Mapping mapping, List<String> keys) {
      for (MappingEntry entry : mapping.entries()) {
        if (!keys.contains(entry.key())) {
          problems.add(
              entry.position(),
              owner + " has no " + MessageWording.quoted(entry.key()) + ".",
              NearestName.suggestion(entry.key(), keys)
                  + "Its keys are "
                  + MessageWording.quoted(keys, "and")
                  + ".");
        }
      }
    }
  }
}
