package org.gantry.recipes.internal;

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
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/** Turns what a recipe says into a record of options, strictly. */
final class OptionBinder {

  private final ProblemCollector problems;

  OptionBinder(ProblemCollector problems) {
    this.problems = problems;
  }

  /**
   * Binds the options of a component.
   *
   * @param owner whose options these are, as a path in the recipe
   * @param place where the owner is written
   * @return empty if there were problems
   */
  <T extends Record> Optional<T> bind(
      Class<T> type, Mapping options, String owner, SourcePosition place) {
    List<OptionDeclaration> declared;
    try {
      declared = OptionDeclaration.of(type);
    } catch (IllegalArgumentException e) {
      problems.add(
          place,
          MessageWording.quoted(owner) + " cannot be used: " + e.getMessage() + ".",
          "This is a mistake in the plugin; tell its author.");
      return Optional.empty();
    }
    refuseUnknown(declared, options, owner);
    List<Object> values = new ArrayList<>();
    boolean complete = true;
    for (OptionDeclaration option : declared) {
      Optional<Object> value = value(option, options, owner, place);
      complete &= value.isPresent();
      value.ifPresent(values::add);
    }
    return complete ? construct(type, values, owner, place) : Optional.empty();
  }

  private void refuseUnknown(List<OptionDeclaration> declared, Mapping options, String owner) {
    List<String> names = declared.stream().map(OptionDeclaration::name).toList();
    for (MappingEntry entry : options.entries()) {
      if (!names.contains(entry.key())) {
        problems.addExpecting(
            entry.position(),
            MessageWording.quoted(owner)
                + " has no option "
                + MessageWording.quoted(entry.key())
                + ".",
            MessageWording.quoted(names, "or"),
            names.isEmpty()
                ? "It has no options at all."
                : NearestName.suggestion(entry.key(), names)
                    + (names.size() == 1 ? "Its only option is " : "Its options are ")
                    + MessageWording.quoted(names, "and")
                    + ".");
      }
    }
  }

  private Optional<Object> value(
      OptionDeclaration option, Mapping options, String owner, SourcePosition place) {
    String path = owner + "." + option.name();
    Optional<YamlValue> written = options.get(option.name());
    if (written.isPresent()) {
      return value(option.type(), option.limits(), written.get(), path, option.defaultValue());
    }
    if (option.defaultValue().isEmpty()) {
      problems.addExpecting(
          place,
          MessageWording.quoted(owner)
              + " needs the option "
              + MessageWording.quoted(option.name())
              + (option.doc().isEmpty() ? "" : " (" + option.doc() + ")")
              + ".",
          MessageWording.withArticle(option.type().noun()),
          "Add '"
              + option.name()
              + ": ...' to its options; it is "
              + MessageWording.withArticle(option.type().noun())
              + ".");
      return Optional.empty();
    }
    ProblemCollector mistakes = new ProblemCollector();
    Optional<Object> value =
        standard(option, place, mistakes)
            .flatMap(
                yaml ->
                    new OptionBinder(mistakes)
                        .value(option.type(), option.limits(), yaml, path, Optional.empty()));
    if (!mistakes.isEmpty()) {
      problems.add(
          place,
          "The default of "
              + MessageWording.quoted(path)
              + " is wrong: "
              + mistakes.sorted().get(0).message(),
          "This is a mistake in the plugin; set the option, and tell the plugin's author.");
      return Optional.empty();
    }
    return value;
  }

  /** A default as a value; of YAML's nothing, an empty text is the only one that is a default. */
  private static Optional<YamlValue> standard(
      OptionDeclaration option, SourcePosition place, ProblemCollector mistakes) {
    String text = option.defaultValue().orElseThrow();
    return text.isEmpty()
        ? Optional.of(new Scalar("", false, place))
        : YamlReader.read(text, place, mistakes);
  }

  private Optional<Object> value(
      OptionType type,
      OptionLimits limits,
      YamlValue value,
      String path,
      Optional<String> standard) {
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
      return list(many, limits, list, path, standard);
    }
    if (!(value instanceof Scalar scalar) || scalar.isNull()) {
      return wrongType(type, value, path, defaultFix(standard));
    }
    return single(type, limits, scalar, path, standard);
  }

  private Optional<Object> list(
      OptionType.ListType type,
      OptionLimits limits,
      Sequence list,
      String path,
      Optional<String> standard) {
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
      return wrongSize(type, limits, list.items().size(), list.position(), path, standard);
    }
    return elements.size() == list.items().size()
        ? Optional.of(List.copyOf(elements))
        : Optional.empty();
  }

  private Optional<Object> single(
      OptionType type, OptionLimits limits, Scalar scalar, String path, Optional<String> standard) {
    String text = scalar.text();
    if (type instanceof OptionType.IntegerType || type instanceof OptionType.DecimalType) {
      return number(type, limits, scalar, path, standard);
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
      return wrongSize(type, limits, text.length(), scalar.position(), path, standard);
    } else if (limits.notBlank() && text.isBlank()) {
      return outOfRange(
          path, "more than spaces", scalar.position(), scalar.description(), standard);
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
      OptionType type, OptionLimits limits, Scalar scalar, String path, Optional<String> standard) {
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
        return outOfRange(path, range, scalar.position(), scalar.description(), standard);
      }
    } else if (Double.isInfinite(number.doubleValue())) {
      return outOfRange(
          path, "less than " + Double.MAX_VALUE, scalar.position(), scalar.description(), standard);
    }
    if (!limits.allowsNumber(number)) {
      return outOfRange(
          path, limits.describeRange(), scalar.position(), scalar.description(), standard);
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
        MessageWording.quoted(path) + " expects",
        phrase ? type.noun() : MessageWording.withArticle(type.noun()),
        value.description(),
        fix);
    return Optional.empty();
  }

  private Optional<Object> wrongSize(
      OptionType type,
      OptionLimits limits,
      int size,
      SourcePosition place,
      String path,
      Optional<String> standard) {
    problems.addUnexpected(
        place,
        MessageWording.quoted(path) + " must have",
        limits.describeSize(type.sizeUnit()),
        Integer.toString(size),
        defaultFix(standard));
    return Optional.empty();
  }

  private Optional<Object> outOfRange(
      String path, String range, SourcePosition place, String found, Optional<String> standard) {
    problems.addUnexpected(
        place, MessageWording.quoted(path) + " must be", range, found, defaultFix(standard));
    return Optional.empty();
  }

  private static String defaultFix(Optional<String> standard) {
    return standard.map(value -> "Its default is " + value + ".").orElse("");
  }

  private <T extends Record> Optional<T> construct(
      Class<T> type, List<Object> values, String owner, SourcePosition place) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values.toArray()));
    } catch (InvocationTargetException e) {
      // A record's own constructor may relate one option to another.
      problems.add(
          place, MessageWording.quoted(owner) + ": " + e.getCause().getMessage() + ".", "");
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructing " + type, e);
    }
  }
}
