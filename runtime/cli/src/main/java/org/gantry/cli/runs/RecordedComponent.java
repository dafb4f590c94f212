package org.gantry.cli.runs;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.runs.RecipeDifference;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;

/**
 * A component as a file outside of any run remembers it.
 *
 * @param kind the kind
 * @param reference bundle, name and version, as {@code bundle/name@1.0.0}
 * @param options its options, as a resolved recipe spells them
 */
record RecordedComponent(String kind, String reference, Map<String, String> options) {

  public RecordedComponent {
    options = Map.copyOf(options);
  }

  /**
   * What a resolved recipe has at the place of a kind that it has one component of.
   *
   * @param yaml the recipe
   * @return empty if the recipe has nothing there
   */
  static Optional<RecordedComponent> in(String yaml, String kind) {
    String reference = null;
    Map<String, String> options = new LinkedHashMap<>();
    for (RecipeDifference entry : RecipeDifference.between("{}", yaml)) {
      String value = entry.after().orElse("");
      if (entry.path().equals(kind)) {
        reference = value;
      } else if (reference != null && entry.path().startsWith(below(kind, reference))) {
        options.put(entry.path().substring(below(kind, reference).length()), value);
      }
    }
    return Optional.ofNullable(reference).map(r -> new RecordedComponent(kind, r, options));
  }

  private static String below(String kind, String reference) {
    return kind + "." + reference.replaceFirst("@.*", "").replaceFirst(".*/", "") + ".";
  }

  /** The component in lines: the reference, then {@code option value} for each option. */
  String text() {
    StringBuilder text = new StringBuilder(reference + "\n");
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(o -> text.append(o.getKey() + " " + o.getValue() + "\n"));
    return text.toString();
  }

  /** Reads what {@link #text} wrote. */
  static RecordedComponent of(String kind, String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> options = new LinkedHashMap<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      int space = line.indexOf(' ');
      options.put(
          space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1));
    }
    return new RecordedComponent(kind, lines.isEmpty() ? "" : lines.get(0), options);
  }

  /**
   * Creates the component.
   *
   * @throws InvalidInputException if it is not installed in this version, or its options cannot be
   *     read
   */
  <T> BoundComponent<T> create(ComponentRegistry components, Class<T> type) {
    ComponentInfo info =
        components.all().stream()
            .filter(c -> c.kind().equals(kind))
            .filter(c -> reference.equals(c.qualifiedName() + "@" + c.version()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "the %s %s is needed and not installed".formatted(kind, reference),
                        "'gantry components %s' lists what is installed.".formatted(kind)));
    T component = components.create(info, type, components.optionsType(info).map(this::filled));
    return new BoundComponent<>(
        component,
        new ComponentOrigin(
            kind,
            info.name(),
            info.version(),
            info.bundle() + " " + info.bundleVersion(),
            info.takes(),
            info.gives(),
            ""));
  }

  private Record filled(Class<? extends Record> type) {
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (RecordComponent part : type.getRecordComponents()) {
      types.add(part.getType());
      values.add(value(part));
    }
    try {
      Constructor<? extends Record> constructor =
          type.getDeclaredConstructor(types.toArray(new Class<?>[0]));
      // The options of a component are its plugin's own affair, and so rarely public.
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new InvalidInputException("the options of %s do not fit".formatted(reference), "", e);
    }
  }

  private Object value(RecordComponent part) {
    String name = part.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    String text = options.get(name);
    try {
      if (text != null && part.getType() == int.class) {
        return Integer.valueOf(text);
      } else if (text != null && part.getType() == long.class) {
        return Long.valueOf(text);
      } else if (text != null && part.getType() == double.class) {
        return Double.valueOf(text);
      } else if (text != null && part.getType() == boolean.class) {
        return Boolean.valueOf(text);
      } else if (text != null && part.getType() == String.class) {
        return text;
      }
    } catch (NumberFormatException e) {
      throw unreadable(name, text, e);
    }
    throw unreadable(name, text, null);
  }

  private InvalidInputException unreadable(String name, String text, Exception cause) {
    return new InvalidInputException(
        "the option %s of %s cannot be read from a file: %s"
            .formatted(name, reference, text == null ? "it is missing" : "it is " + text),
        "",
        cause);
  }
}
