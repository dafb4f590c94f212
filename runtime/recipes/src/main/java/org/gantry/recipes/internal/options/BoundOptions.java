package org.gantry.recipes.internal.options;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;

/**
 * Checked values of the options of a record. A component among them is created with the record, so
 * each record has components of its own.
 *
 * @param type the record
 * @param values the values in the order of the record. A component is a {@link ComponentChoice}, a
 *     nested record is a {@link BoundOptions}, and a list holds either or plain values
 * @param owner the path of the options' owner in the recipe
 * @param position where the owner is written
 */
public record BoundOptions(
    Class<? extends Record> type, List<OptionValue> values, String owner, SourcePosition position) {

  /** One option with its value. */
  public record OptionValue(String name, Object value) {}

  /** Copies the list. */
  public BoundOptions {
    values = List.copyOf(values);
  }

  /** Returns the components among the values, by the path of their option, in order. */
  public Map<String, ComponentChoice> components() {
    Map<String, ComponentChoice> components = new LinkedHashMap<>();
    values.forEach(option -> collect(option.name(), option.value(), components));
    return components;
  }

  private static void collect(String path, Object value, Map<String, ComponentChoice> into) {
    if (value instanceof ComponentChoice choice) {
      into.put(path, choice);
    } else if (value instanceof BoundOptions nested) {
      nested.components().forEach((inner, choice) -> into.put(path + "." + inner, choice));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(path + "[" + i + "]", list.get(i), into);
      }
    }
  }

  /** Returns the options as a recipe writes them. */
  public Mapping toYaml(OptionWriter writer) {
    List<MappingEntry> entries =
        values.stream()
            .map(o -> new MappingEntry(o.name(), writer.position(), writer.value(o.value())))
            .toList();
    return new Mapping(entries, writer.position());
  }

  /**
   * Creates the record.
   *
   * @param creator creates a component; empty if that fails, which the creator reports
   * @param problems receives a problem if the record refuses the values
   * @return empty if a component cannot be created or the record refuses the values
   */
  public Optional<Record> create(
      Function<ComponentChoice, Optional<?>> creator, ProblemCollector problems) {
    List<Object> arguments = new ArrayList<>();
    for (OptionValue option : values) {
      created(option.value(), creator, problems).ifPresent(arguments::add);
    }
    return arguments.size() == values.size() ? construct(arguments, problems) : Optional.empty();
  }

  private static Optional<?> created(
      Object value, Function<ComponentChoice, Optional<?>> creator, ProblemCollector problems) {
    if (value instanceof ComponentChoice choice) {
      return creator.apply(choice);
    } else if (value instanceof BoundOptions nested) {
      return nested.create(creator, problems);
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> created(item, creator, problems).ifPresent(items::add));
      return items.size() == list.size() ? Optional.of(List.copyOf(items)) : Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<Record> construct(List<Object> arguments, ProblemCollector problems) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(arguments.toArray()));
    } catch (InvocationTargetException e) {
      // The record's constructor checked one option against another.
      problems.add(
          position, MessageText.quoted(owner) + ": " + e.getCause().getMessage() + ".", "");
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructing " + type, e);
    }
  }
}
