package org.gantry.kind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gantry.component.ComponentValue;

/** The types and constraints that options can have. */
public final class OptionTypeRules {

  private static final String SUPPORTED =
      "int, long, double, boolean, String, java.nio.file.Path, an enum, a record, the interface of a"
          + " kind of component, or a List of one of these";

  private static final Set<Class<?>> SCALARS =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          double.class,
          Double.class,
          boolean.class,
          Boolean.class,
          String.class,
          Path.class);

  private OptionTypeRules() {}

  /**
   * Returns why an option cannot have its type or one of its constraints.
   *
   * @return a clause such as {@code the type float[] cannot be used; use ...}; empty if it can
   */
  public static Optional<String> problemOf(RecordComponent option) {
    return problemOf(
            option.getGenericType(),
            Optional.ofNullable(option.getAnnotation(ComponentValue.class)))
        .or(() -> OptionConstraintRules.problemOf(option));
  }

  /**
   * Returns the first option of a record, or of a record nested in it, that cannot have its type or
   * a constraint.
   *
   * @return a clause that names the option; empty if all can
   */
  public static Optional<String> problemOf(Class<? extends Record> options) {
    return problemOf(options, new HashSet<>());
  }

  private static Optional<String> problemOf(
      Class<? extends Record> options, Set<Class<?>> visited) {
    if (!visited.add(options)) {
      return Optional.empty();
    }
    for (RecordComponent option : options.getRecordComponents()) {
      Optional<String> problem =
          problemOf(option)
              .map(reason -> "the option '%s' is wrong: %s".formatted(option.getName(), reason))
              .or(() -> nested(elementOf(option.getGenericType()), visited));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nested(Type type, Set<Class<?>> visited) {
    return type instanceof Class<?> group && group.isRecord()
        ? problemOf(group.asSubclass(Record.class), visited)
        : Optional.empty();
  }

  /** Returns the type of the elements of a list, however deep, or any other type itself. */
  private static Type elementOf(Type type) {
    return type instanceof ParameterizedType list && list.getRawType() == List.class
        ? elementOf(list.getActualTypeArguments()[0])
        : type;
  }

  private static Optional<String> problemOf(Type type, Optional<ComponentValue> component) {
    Type element = elementOf(type);
    Type raw =
        element instanceof ParameterizedType parameterized ? parameterized.getRawType() : element;
    boolean plain =
        element instanceof Class<?> single
            && (SCALARS.contains(single) || single.isEnum() || single.isRecord());
    if (plain) {
      return Optional.empty();
    }
    String stated = component.map(ComponentValue::kind).orElse("");
    if (raw instanceof Class<?> wanted && wanted.isInterface()) {
      List<String> kinds = KindTable.namesOf(wanted);
      if (!stated.isEmpty() || !kinds.isEmpty()) {
        return kindProblem(wanted, kinds, stated);
      }
    }
    return Optional.of(
        "the type %s cannot be used; use %s".formatted(type.getTypeName(), SUPPORTED));
  }

  private static Optional<String> kindProblem(Class<?> type, List<String> kinds, String stated) {
    if (stated.isEmpty() && kinds.size() > 1) {
      return Optional.of(
          "%s is the interface of the kinds %s; write @ComponentValue(kind = \"%s\") or another"
              .formatted(type.getTypeName(), String.join(", ", kinds), kinds.get(0)));
    }
    if (!stated.isEmpty() && !kinds.isEmpty() && !kinds.contains(stated)) {
      return Optional.of(
          "%s is the interface of the kind %s, not of %s"
              .formatted(type.getTypeName(), String.join(", ", kinds), stated));
    }
    return Optional.empty();
  }
}
