package org.gantry.runs.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gantry.runs.RunException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** A resolved recipe as a table from path to text, so that two can be compared. */
public final class RecipeEntries {

  /** A component as a resolved recipe spells it: bundle, name and version. */
  private static final Pattern COMPONENT = Pattern.compile("[^/@\\s]+/([^/@\\s]+)@\\S+");

  private static final String WATCHDOGS = "watchdogs";
  private static final String TRAIN = "train";

  /** The settings below {@code train} that say what is written, kept and looked at. */
  private static final List<String> RECORDS =
      List.of("sample-every", "log-every", "checkpoint-every", "keep", "watch-every");

  private final Map<String, String> entries = new LinkedHashMap<>();

  private RecipeEntries() {}

  /**
   * Reads a recipe.
   *
   * @return in the recipe's order; a component stands at the path that chooses it, its options
   *     below that path and its name
   * @throws RunException if the text is no YAML
   */
  public static Map<String, String> of(String yaml) {
    return of(read(yaml));
  }

  /**
   * Reads what of a recipe its numbers depend on: neither its name, nor what is only written down,
   * kept or looked at while it trains, unless a watchdog may act on that.
   *
   * @throws RunException if the text is no YAML
   */
  public static Map<String, String> ofNumbers(String yaml) {
    Object recipe = read(yaml);
    return of(recipe instanceof Map<?, ?> map ? numbers(map) : recipe);
  }

  private static Map<String, String> of(Object value) {
    RecipeEntries recipe = new RecipeEntries();
    recipe.add("", value);
    return recipe.entries;
  }

  private static Object read(String yaml) {
    // Of this schema every scalar is a text, as it is written.
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    try {
      return new Load(settings).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new RunException("the recipe cannot be compared: " + e.getMessage(), e);
    }
  }

  private static Map<Object, Object> numbers(Map<?, ?> recipe) {
    List<?> acting =
        recipe.get(WATCHDOGS) instanceof List<?> all
            ? all.stream().filter(RecipeEntries::acts).toList()
            : List.of();
    Map<Object, Object> numbers = new LinkedHashMap<>(recipe);
    numbers.remove("name");
    if (acting.isEmpty()) {
      numbers.remove(WATCHDOGS);
      numbers.computeIfPresent(TRAIN, (key, train) -> withoutRecords(train));
    } else {
      numbers.put(WATCHDOGS, acting);
    }
    return numbers;
  }

  /** Whether a watchdog does more than to warn. */
  private static boolean acts(Object watchdog) {
    Object trouble = watchdog instanceof Map<?, ?> map ? map.get("on-trouble") : null;
    return trouble != null && !trouble.equals("warn") && !trouble.equals(List.of("warn"));
  }

  private static Object withoutRecords(Object train) {
    if (!(train instanceof Map<?, ?> map)) {
      return train;
    }
    Map<Object, Object> rest = new LinkedHashMap<>(map);
    rest.keySet().removeAll(RECORDS);
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

  /** Whether an item of a list has parts, or is a component without options. */
  private static boolean isNamed(Object item) {
    return item instanceof Map || (item instanceof String s && COMPONENT.matcher(s).matches());
  }
}
