package org.gantry.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Flattens a resolved recipe into a table from path to text, so that recipes can be compared. */
final class RecipeEntries {

  /** A component in a resolved recipe: bundle, name and version. */
  private static final Pattern COMPONENT = Pattern.compile("[^/@\\s]+/([^/@\\s]+)@\\S+");

  private static final String WATCHDOGS = "watchdogs";
  private static final String TRAIN = "train";
  private static final String STAGES = "stages";

  /** The settings below {@code train} that affect what is written, not what is trained. */
  private static final List<String> OUTPUT_SETTINGS =
      List.of("sample-every", "log-every", "checkpoint-every", "keep", "watch-every");

  private final Map<String, String> entries = new LinkedHashMap<>();

  private RecipeEntries() {}

  /**
   * Reads a recipe.
   *
   * @return in the order of the recipe; a component is at the path that chooses it, its options are
   *     below that path and its name
   * @throws RunException if the text is not YAML
   */
  static Map<String, String> of(String yaml) {
    return of(read(yaml));
  }

  /**
   * Reads the part of a recipe that weights and figures depend on. This excludes its name, output
   * settings and watchdogs that only warn. If another watchdog exists, it includes the output
   * settings, because the watchdog may act on what they control.
   *
   * @throws RunException if the text is not YAML
   */
  static Map<String, String> affectingResults(String yaml) {
    Object recipe = read(yaml);
    return of(recipe instanceof Map<?, ?> map ? withoutOutput(map) : recipe);
  }

  private static Map<String, String> of(Object value) {
    RecipeEntries recipe = new RecipeEntries();
    recipe.add("", value);
    return recipe.entries;
  }

  private static Object read(String yaml) {
    // In this schema every scalar is the text as written.
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    try {
      return new Load(settings).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new RunException("the recipe cannot be compared: " + e.getMessage(), e);
    }
  }

  private static Map<Object, Object> withoutOutput(Map<?, ?> recipe) {
    List<?> acting =
        recipe.get(WATCHDOGS) instanceof List<?> all
            ? all.stream().filter(RecipeEntries::acts).toList()
            : List.of();
    Map<Object, Object> rest = new LinkedHashMap<>(recipe);
    rest.remove("name");
    rest.computeIfPresent(STAGES, (key, stages) -> withoutOutputOfStages(stages));
    if (acting.isEmpty()) {
      rest.remove(WATCHDOGS);
      rest.computeIfPresent(TRAIN, (key, train) -> withoutOutputSettings(train));
    } else {
      rest.put(WATCHDOGS, acting);
    }
    return rest;
  }

  private static Object withoutOutputOfStages(Object stages) {
    if (!(stages instanceof Map<?, ?> map)) {
      return stages;
    }
    Map<Object, Object> rest = new LinkedHashMap<>();
    map.forEach(
        (name, stage) -> rest.put(name, stage instanceof Map<?, ?> s ? withoutOutput(s) : stage));
    return rest;
  }

  /** Whether a watchdog does more than warn. */
  private static boolean acts(Object watchdog) {
    Object trouble = watchdog instanceof Map<?, ?> map ? map.get("on-trouble") : null;
    return trouble != null && !trouble.equals("warn") && !trouble.equals(List.of("warn"));
  }

  private static Object withoutOutputSettings(Object train) {
    if (!(train instanceof Map<?, ?> map)) {
      return train;
    }
    Map<Object, Object> rest = new LinkedHashMap<>(map);
    rest.keySet().removeAll(OUTPUT_SETTINGS);
    return rest;
  }

  private void add(String path, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, below) -> addEntry(path, String.valueOf(key), below));
    } else if (value instanceof List<?> list && list.stream().anyMatch(RecipeEntries::isNamed)) {
      int index = 0;
      for (Object item : list) {
        add(path + "[" + index++ + "]", item);
      }
    } else {
      entries.put(path, String.valueOf(value));
    }
  }

  private void addEntry(String path, String key, Object below) {
    Matcher component = COMPONENT.matcher(key);
    if (component.matches()) {
      entries.put(path, key);
      add(path + "." + component.group(1), below);
    } else {
      add(path.isEmpty() ? key : path + "." + key, below);
    }
  }

  /** Whether an item of a list is a mapping or a component. */
  private static boolean isNamed(Object item) {
    return item instanceof Map || (item instanceof String s && COMPONENT.matcher(s).matches());
  }
}
