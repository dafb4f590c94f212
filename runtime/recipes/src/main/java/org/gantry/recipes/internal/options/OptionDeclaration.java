package org.gantry.recipes.internal.options;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.component.ComponentValue;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.kind.KindTable;
import org.gantry.kind.OptionTypeRules;
import org.gantry.recipes.text.MessageText;

/**
 * One option, as declared by a component of an options record.
 *
 * @param name its name in recipes
 * @param accessor reads it from an instance of the record
 * @param type the type of its value
 * @param limits the values that are allowed
 * @param defaultValue its default as YAML; empty for a required option
 * @param doc its documentation, one line
 */
public record OptionDeclaration(
    String name,
    Method accessor,
    OptionType type,
    OptionLimits limits,
    Optional<String> defaultValue,
    String doc) {

  /**
   * Returns the options of a record, in order.
   *
   * @throws IllegalArgumentException if recipes do not support the type or a constraint of an
   *     option
   */
  public static List<OptionDeclaration> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(OptionDeclaration::of).toList();
  }

  private static OptionDeclaration of(RecordComponent component) {
    String name = MessageText.toKebabCase(component.getName());
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    Optional<String> problem = OptionTypeRules.problemOf(component);
    if (problem.isPresent()) {
      throw new IllegalArgumentException("option '" + name + "': " + problem.get());
    }
    try {
      return new OptionDeclaration(
          name,
          accessor,
          type(
              component.getAnnotatedType(),
              Optional.ofNullable(component.getAnnotation(ComponentValue.class))),
          // Jakarta's constraints cannot be on a record component; javac puts them on the accessor.
          OptionLimits.of(accessor.getAnnotations()),
          Optional.ofNullable(component.getAnnotation(DefaultValue.class)).map(DefaultValue::value),
          Optional.ofNullable(component.getAnnotation(Description.class))
              .map(Description::value)
              .orElse(""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("option '" + name + "': " + e.getMessage(), e);
    }
  }

  private static OptionType type(AnnotatedType annotated, Optional<ComponentValue> component) {
    Type type = annotated.getType();
    if (annotated instanceof AnnotatedParameterizedType list
        && type.getTypeName().startsWith(List.class.getName() + "<")) {
      AnnotatedType element = list.getAnnotatedActualTypeArguments()[0];
      return new OptionType.ListType(
          type(element, component), OptionLimits.of(element.getAnnotations()));
    }
    if (type == int.class || type == Integer.class) {
      return new OptionType.IntegerType(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return new OptionType.IntegerType(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return new OptionType.DecimalType();
    }
    if (type == boolean.class || type == Boolean.class) {
      return new OptionType.BooleanType();
    }
    if (type == String.class) {
      return new OptionType.TextType();
    }
    if (type == Path.class) {
      return new OptionType.PathType();
    }
    if (type instanceof Class<?> constants && constants.isEnum()) {
      return new OptionType.EnumType(
          Arrays.stream(constants.getEnumConstants()).<Enum<?>>map(Enum.class::cast).toList());
    }
    if (type instanceof Class<?> group && group.isRecord()) {
      return new OptionType.RecordType(group.asSubclass(Record.class));
    }
    Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
    if (raw instanceof Class<?> wanted) {
      return componentType(wanted, component);
    }
    throw new IllegalArgumentException(type.getTypeName());
  }

  private static OptionType componentType(Class<?> type, Optional<ComponentValue> annotation) {
    return new OptionType.ComponentType(
        annotation
            .map(ComponentValue::kind)
            .filter(kind -> !kind.isEmpty())
            .orElseGet(() -> KindTable.namesOf(type).get(0)),
        type,
        annotation.map(value -> List.of(value.takes())).orElse(List.of()),
        annotation.map(value -> List.of(value.gives())).orElse(List.of()));
  }
}
