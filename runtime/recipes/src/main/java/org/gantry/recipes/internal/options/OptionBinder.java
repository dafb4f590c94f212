package org.gantry.recipes.internal.options;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * Binds the options in a recipe to a record. Binding is strict: an unknown option, a missing one,
 * or a value of the wrong type or out of range is a problem.
 */
public final class OptionBinder {

  private final ProblemCollector problems;

  /** Creates a binder that adds what is wrong to the given problems. */
  public OptionBinder(ProblemCollector problems) {
    this.problems = problems;
  }

  /**
   * Binds options to a record.
   *
   * @param owner the path of the options' owner in the recipe
   * @param position where the owner is written
   * @return empty if there were problems
   */
  public <T extends Record> Optional<T> bind(
      Class<T> type, Mapping options, String owner, SourcePosition position) {
    List<OptionDeclaration> declared;
    try {
      declared = OptionDeclaration.of(type);
    } catch (IllegalArgumentException e) {
      problems.add(
          position,
          MessageText.quoted(owner) + " cannot be used: " + e.getMessage() + ".",
          "This is a bug in the plugin; report it to the author.");
      return Optional.empty();
    }
    refuseUnknownOptions(declared, options, owner);
    List<Object> values = new ArrayList<>();
    boolean complete = true;
    for (OptionDeclaration option : declared) {
      Optional<Object> value = value(option, options, owner, position);
      complete &= value.isPresent();
      value.ifPresent(values::add);
    }
    return complete ? construct(type, values, owner, position) : Optional.empty();
  }

  private void refuseUnknownOptions(
      List<OptionDeclaration> declared, Mapping options, String owner) {
    List<String> names = declared.stream().map(OptionDeclaration::name).toList();
    for (MappingEntry entry : options.entries()) {
      if (!names.contains(entry.key())) {
        problems.addExpecting(
            entry.position(),
            MessageText.quoted(owner) + " has no option " + MessageText.quoted(entry.key()) + ".",
            MessageText.quoted(names, "or"),
            names.isEmpty()
                ? "It has no options."
                : NearestName.suggestion(entry.key(), names)
                    + (names.size() == 1 ? "Its only option is " : "Its options are ")
                    + MessageText.quoted(names, "and")
                    + ".");
      }
    }
  }

  private Optional<Object> value(
      OptionDeclaration option, Mapping options, String owner, SourcePosition position) {
    String path = owner + "." + option.name();
    Optional<YamlValue> written = options.get(option.name());
    if (written.isPresent()) {
      return value(option.type(), option.limits(), written.get(), path, option.defaultValue());
    }
    if (option.defaultValue().isEmpty()) {
      problems.addExpecting(
          position,
          MessageText.quoted(owner)
              + " needs the option "
              + MessageText.quoted(option.name())
              + (option.doc().isEmpty() ? "" : " (" + option.doc() + ")")
              + ".",
          MessageText.withArticle(option.type().noun()),
          "Add '"
              + option.name()
              + ": ...' to its options; it is "
              + MessageText.withArticle(option.type().noun())
              + ".");
      return Optional.empty();
    }
    ProblemCollector defaultProblems = new ProblemCollector();
    Optional<Object> value =
        defaultValue(option, position, defaultProblems)
            .flatMap(
                yaml ->
                    new OptionBinder(defaultProblems)
                        .value(option.type(), option.limits(), yaml, path, Optional.empty()));
    if (!defaultProblems.isEmpty()) {
      problems.add(
          position,
          "The default of "
              + MessageText.quoted(path)
              + " is invalid: "
              + defaultProblems.sorted().get(0).message(),
          "This is a bug in the plugin; set the option, and report the bug to the author.");
      return Optional.empty();
    }
    return value;
  }

  /** Reads a default as YAML, except that an empty default is an empty text and not null. */
  private static Optional<YamlValue> defaultValue(
      OptionDeclaration option, SourcePosition position, ProblemCollector defaultProblems) {
    String text = option.defaultValue().orElseThrow();
    return text.isEmpty()
        ? Optional.of(new Scalar("", false, position))
        : YamlReader.read(text, position, defaultProblems);
  }

  private Optional<Object> value(
      OptionType type,
      OptionLimits limits,
      YamlValue value,
      String path,
      Optional<String> defaultValue) {
    if (type instanceof OptionType.RecordType group) {
      if (value instanceof Mapping || value.isNull()) {
        Mapping options = value instanceof Mapping m ? m : Mapping.empty(value.position());
        return bind(group.type(), options, path, value.position()).map(Object.class::cast);
      }
      return wrongType(type, value, path, "Write '{key: value, ...}'.");
    }
    if (type instanceof OptionType.ListType many) {
      if (!(value instanceof Sequence list)) {
        return wrongType(type, value, path, "Write '[a, b]', or '[a]' for a single value.");
      }
      return list(many, limits, list, path, defaultValue);
    }
    if (!(value instanceof Scalar scalar) || scalar.isNull()) {
      return wrongType(type, value, path, defaultFix(defaultValue));
    }
    return single(type, limits, scalar, path, defaultValue);
  }

  private Optional<Object> list(
      OptionType.ListType type,
      OptionLimits limits,
      Sequence list,
      String path,
      Optional<String> defaultValue) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      value(
              type.element(),
              type.limits(),
              list.items().get(i),
              path + "[" + i + "]",
              Optional.empty())
          .ifPresent(elements::add);
    }
    if (!limits.allowsSize(list.items().size())) {
      return wrongSize(type, limits, list.items().size(), list.position(), path, defaultValue);
    }
    return elements.size() == list.items().size()
        ? Optional.of(List.copyOf(elements))
        : Optional.empty();
  }

  private Optional<Object> single(
      OptionType type,
      OptionLimits limits,
      Scalar scalar,
      String path,
      Optional<String> defaultValue) {
    String text = scalar.text();
    if (type instanceof OptionType.IntegerType || type instanceof OptionType.DecimalType) {
      return number(type, limits, scalar, path, defaultValue);
    } else if (type instanceof OptionType.BooleanType) {
      boolean flag = text.equals("true");
      return scalar.plain() && (flag || text.equals("false"))
          ? Optional.of(flag)
          : wrongType(type, scalar, path, scalar.plain() ? "" : "Remove the quotes.");
    } else if (type instanceof OptionType.EnumType choice) {
      int index = choice.names().indexOf(text);
      return index >= 0
          ? Optional.of(choice.constants().get(index))
          : wrongType(type, scalar, path, NearestName.suggestion(text, choice.names()));
    } else if (!limits.allowsSize(text.length())) {
      return wrongSize(type, limits, text.length(), scalar.position(), path, defaultValue);
    } else if (limits.notBlank() && text.isBlank()) {
      return outOfRange(
          path, "more than white space", scalar.position(), scalar.description(), defaultValue);
    } else if (type instanceof OptionType.PathType) {
      if (text.isEmpty()) {
        return Optional.of(Path.of(""));
      }
      try {
        return Optional.of(scalar.position().folder().resolve(text).toAbsolutePath().normalize());
      } catch (InvalidPathException e) {
        return wrongType(type, scalar, path, "");
      }
    }
    return Optional.of(text);
  }

  private Optional<Object> number(
      OptionType type,
      OptionLimits limits,
      Scalar scalar,
      String path,
      Optional<String> defaultValue) {
    if (!scalar.plain() || !scalar.isNumber()) {
      boolean quoted = scalar.isNumber();
      return wrongType(
          type,
          scalar,
          path,
          quoted
              ? "Remove the quotes."
              : type instanceof OptionType.IntegerType
                  ? "Write a number such as 64 or 10_000."
                  : "Write a number such as 0.5 or 2e-4.");
    }
    BigDecimal number = scalar.number();
    if (type instanceof OptionType.IntegerType whole) {
      if (number.stripTrailingZeros().scale() > 0) {
        return wrongType(type, scalar, path, "Write a number such as 64 or 10_000.");
      }
      boolean low = number.compareTo(BigDecimal.valueOf(whole.minimum())) < 0;
      if (low || number.compareTo(BigDecimal.valueOf(whole.maximum())) > 0) {
        String range = low ? "at least " + whole.minimum() : "at most " + whole.maximum();
        return outOfRange(path, range, scalar.position(), scalar.description(), defaultValue);
      }
    } else if (Double.isInfinite(number.doubleValue())) {
      return outOfRange(
          path,
          "less than " + Double.MAX_VALUE,
          scalar.position(),
          scalar.description(),
          defaultValue);
    }
    if (!limits.allowsNumber(number)) {
      return outOfRange(
          path, limits.describeRange(), scalar.position(), scalar.description(), defaultValue);
    }
    if (type instanceof OptionType.IntegerType whole) {
      return whole.maximum() == Integer.MAX_VALUE
          ? Optional.of(number.intValueExact())
          : Optional.of(number.longValueExact());
    }
    return Optional.of(number.doubleValue());
  }

  private Optional<Object> wrongType(OptionType type, YamlValue value, String path, String fix) {
    boolean phrase = type instanceof OptionType.EnumType || type instanceof OptionType.BooleanType;
    problems.addUnexpected(
        value.position(),
        MessageText.quoted(path) + " expects",
        phrase ? type.noun() : MessageText.withArticle(type.noun()),
        value.description(),
        fix);
    return Optional.empty();
  }

  private Optional<Object> wrongSize(
      OptionType type,
      OptionLimits limits,
      int size,
      SourcePosition position,
      String path,
      Optional<String> defaultValue) {
    problems.addUnexpected(
        position,
        MessageText.quoted(path) + " must have",
        limits.describeSize(type.sizeUnit()),
        Integer.toString(size),
        defaultFix(defaultValue));
    return Optional.empty();
  }

  private Optional<Object> outOfRange(
      String path,
      String range,
      SourcePosition position,
      String found,
      Optional<String> defaultValue) {
    problems.addUnexpected(
        position, MessageText.quoted(path) + " must be", range, found, defaultFix(defaultValue));
    return Optional.empty();
  }

  private static String defaultFix(Optional<String> defaultValue) {
    return defaultValue.map(value -> "Its default is " + value + ".").orElse("");
  }

  private <T extends Record> Optional<T> construct(
      Class<T> type, List<Object> values, String owner, SourcePosition position) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values.toArray()));
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
