package org.gantry.recipes.internal.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.internal.format.Recipe.PlayerChoice;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.OptionBinder;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/**
 * Reads a recipe key by key. A key that cannot be read adds a problem and is left out, so that one
 * reading reports every problem.
 *
 * @param yaml the recipe as written
 * @param start the position of its first character
 * @param resolver resolves the components that it names
 * @param problems receives what is wrong with it
 */
public record RecipeReader(
    Mapping yaml, SourcePosition start, ComponentResolver resolver, ProblemCollector problems) {

  /** Graphs with more parts of one kind would be too deep for the stack. */
  private static final int MAX_COMPONENTS = 100;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern COMPONENT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final List<String> PLAYER_SETTINGS = List.of("updates", "rate");
  private static final List<String> PLAYER_KEYS =
      List.of("updates", "rate", RecipeFormat.OPTIMIZER);

  /** Turns the name of a file into a valid recipe name. */
  public static String recipeName(String file) {
    String name = file.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "recipe" : name;
  }

  /**
   * Reads the recipe.
   *
   * @param fallbackName the recipe's name if it does not state one
   * @return empty if there are problems
   */
  public Optional<Recipe> read(String fallbackName) {
    refuseUnknownKeys("A recipe", yaml, RecipeFormat.KEYS_WITH_STAGES);
    requireKeys();
    Map<String, ComponentChoice> single = new LinkedHashMap<>();
    Map<String, Map<String, ComponentChoice>> named = new LinkedHashMap<>();
    Map<String, List<ComponentChoice>> lists = new LinkedHashMap<>();
    for (String key : RecipeFormat.KEYS) {
      if (RecipeFormat.holdsNames(key, yaml.get(key))
          && !resolver.isMisnested(key, yaml.get(key))) {
        named.put(key, named(key, (Mapping) yaml.get(key).orElseThrow()));
      } else if (RecipeFormat.SINGLE_KINDS.containsKey(key)) {
        single(key).ifPresent(choice -> single.put(key, choice));
      } else if (RecipeFormat.LIST_KINDS.containsKey(key)) {
        lists.put(key, list(key));
      }
    }
    Map<String, NetworkChoice> networks = new LinkedHashMap<>();
    for (MappingEntry entry : mapping(RecipeFormat.NETWORKS).entries()) {
      new NetworkReader(resolver, problems)
          .read(entry)
          .ifPresent(choice -> networks.put(entry.key(), choice));
    }
    Map<String, PlayerChoice> players = new LinkedHashMap<>();
    for (MappingEntry entry : mapping(RecipeFormat.PLAYERS).entries()) {
      player(entry).ifPresent(player -> players.put(entry.key(), player));
    }
    Recipe recipe =
        new Recipe(
            name(yaml, fallbackName, problems),
            single,
            named,
            networks,
            yaml.entry(RecipeFormat.NETWORKS).map(MappingEntry::position).orElse(start),
            lists,
            remedies(),
            players,
            settings(),
            this::settingPosition,
            yaml.get(RecipeFormat.CHANGES)
                .map(changes -> PlannedChange.readAll(changes, resolver, problems))
                .orElse(List.of()));
    return problems.isEmpty() ? Optional.of(recipe) : Optional.empty();
  }

  private void requireKeys() {
    for (String key : RecipeFormat.REQUIRED) {
      if (yaml.entry(key).isEmpty()) {
        problems.add(
            start,
            "The recipe has no "
                + MessageText.quoted(key)
                + ": "
                + RecipeFormat.description(key)
                + ".",
            key.equals(RecipeFormat.DATA)
                ? "Write 'data: NAME', where NAME is a data set."
                : "Write 'networks:', and below it, indented, 'generator: NAME' and"
                    + " 'discriminator: NAME'.");
      }
    }
  }

  /**
   * Reads the name of a recipe.
   *
   * @param fallback its name if it does not state a valid one
   */
  public static String name(Mapping yaml, String fallback, ProblemCollector problems) {
    Optional<YamlValue> written = yaml.get(RecipeFormat.NAME);
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
        "Run folders are named after it.");
    return fallback;
  }

  private Optional<ComponentChoice> single(String key) {
    Optional<YamlValue> written = yaml.get(key);
    if (written.isPresent()) {
      return resolver.resolve(RecipeFormat.SINGLE_KINDS.get(key), written.get(), key);
    }
    return RecipeFormat.DEFAULTS.containsKey(key)
        ? resolver.resolveDefault(key, start)
        : Optional.empty();
  }

  /** Reads several components by name; a loss without a name of its own is the default. */
  private Map<String, ComponentChoice> named(String key, Mapping written) {
    Map<String, ComponentChoice> choices = new LinkedHashMap<>();
    for (MappingEntry entry : written.entries()) {
      if (!COMPONENT_NAME.matcher(entry.key()).matches()) {
        problems.addUnexpected(
            entry.position(),
            "A name in " + MessageText.quoted(key) + " expects",
            "letters, digits, '_' and '-'",
            MessageText.quoted(entry.key()),
            "");
      }
      resolver
          .resolve(RecipeFormat.SINGLE_KINDS.get(key), entry.value(), key + "." + entry.key())
          .ifPresent(choice -> choices.put(entry.key(), choice));
    }
    if (key.equals(RecipeFormat.LOSS) && written.entry(RecipeFormat.DEFAULT_LOSS).isEmpty()) {
      resolver
          .resolveDefault(key, start)
          .ifPresent(choice -> choices.put(RecipeFormat.DEFAULT_LOSS, choice));
    }
    return choices;
  }

  private List<ComponentChoice> list(String key) {
    Optional<YamlValue> written = yaml.get(key);
    if (written.isEmpty() || written.get().isNull()) {
      return List.of();
    }
    List<ComponentChoice> choices = new ArrayList<>();
    if (written.get() instanceof Sequence sequence && sequence.items().size() > MAX_COMPONENTS) {
      problems.add(
          written.get().position(),
          "'%s' has %d components; expected at most %d."
              .formatted(key, sequence.items().size(), MAX_COMPONENTS),
          "Leave some out.");
    } else if (written.get() instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        YamlValue item = sequence.items().get(i);
        resolver
            .resolve(
                RecipeFormat.LIST_KINDS.get(key),
                key.equals(RecipeFormat.WATCHDOGS) ? WatchdogRemedies.withoutRemedies(item) : item,
                key + "[" + i + "]")
            .ifPresent(choices::add);
      }
    } else {
      problems.addUnexpected(
          written.get().position(),
          MessageText.quoted(key) + " expects",
          "a list",
          written.get().description(),
          "Write each component on its own indented line, with '- ' before its name.");
    }
    return choices;
  }

  private List<WatchdogRemedies> remedies() {
    List<WatchdogRemedies> remedies = new ArrayList<>();
    if (yaml.get(RecipeFormat.WATCHDOGS).orElse(null) instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String path = RecipeFormat.WATCHDOGS + "[" + i + "]";
        remedies.add(WatchdogRemedies.read(sequence.items().get(i), path, resolver, problems));
      }
    }
    return remedies;
  }

  /** Returns the mapping at a key; an empty one without the key. */
  private Mapping mapping(String key) {
    Optional<YamlValue> written = yaml.get(key);
    if (written.isPresent() && written.get() instanceof Mapping mapping) {
      return mapping;
    }
    boolean absent = written.isEmpty() || written.get().isNull();
    if (!absent) {
      problems.addUnexpected(
          written.get().position(),
          MessageText.quoted(key) + " expects",
          "'key: value' lines",
          written.get().description(),
          "Write them below it, indented.");
    }
    return Mapping.empty(start);
  }

  /** Returns where a setting is written, or where it would be. */
  private SourcePosition settingPosition(String name) {
    return yaml.get(RecipeFormat.TRAIN)
        .filter(Mapping.class::isInstance)
        .flatMap(train -> ((Mapping) train).entry(name))
        .or(() -> yaml.entry(RecipeFormat.TRAIN))
        .map(MappingEntry::position)
        .orElse(start);
  }

  private TrainSettings settings() {
    SourcePosition position =
        yaml.entry(RecipeFormat.TRAIN).map(MappingEntry::position).orElse(start);
    return new OptionBinder(problems)
        .bind(TrainSettings.class, mapping(RecipeFormat.TRAIN), RecipeFormat.TRAIN, position)
        .orElse(null);
  }

  private Optional<PlayerChoice> player(MappingEntry entry) {
    String path = RecipeFormat.PLAYERS + "." + entry.key();
    if (!(entry.value() instanceof Mapping mapping)) {
      problems.addUnexpected(
          entry.value().position(),
          MessageText.quoted(path) + " expects",
          MessageText.quoted(PLAYER_KEYS, "or"),
          entry.value().description(),
          "Write '" + entry.key() + ": {updates: 5}'.");
      return Optional.empty();
    }
    refuseUnknownKeys(MessageText.quoted(path), mapping, PLAYER_KEYS);
    Mapping options =
        new Mapping(
            mapping.entries().stream().filter(e -> PLAYER_SETTINGS.contains(e.key())).toList(),
            mapping.position());
    Optional<PlayerSettings> settings =
        new OptionBinder(problems).bind(PlayerSettings.class, options, path, entry.position());
    Optional<ComponentChoice> optimizer =
        mapping
            .get(RecipeFormat.OPTIMIZER)
            .flatMap(
                value ->
                    resolver.resolve(
                        RecipeFormat.SINGLE_KINDS.get(RecipeFormat.OPTIMIZER),
                        value,
                        path + "." + RecipeFormat.OPTIMIZER));
    return settings.map(s -> new PlayerChoice(entry.position(), s, optimizer));
  }

  private void refuseUnknownKeys(String owner, Mapping mapping, List<String> keys) {
    for (MappingEntry entry : mapping.entries()) {
      if (!keys.contains(entry.key())) {
        problems.add(
            entry.position(),
            owner + " has no key " + MessageText.quoted(entry.key()) + ".",
            NearestName.suggestion(entry.key(), keys)
                + "Its keys are "
                + MessageText.quoted(keys, "and")
                + ".");
      }
    }
  }
}
