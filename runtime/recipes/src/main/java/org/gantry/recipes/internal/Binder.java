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
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;
import org.gantry.recipes.text.YamlReader;

/** Turns what a recipe says into a record of options, strictly. */
final class Binder {

  private final Problems problems;

  Binder(Problems problems) {
    this.problems = problems;
  }

  /**
   * Binds the options of a component.
   *
   * @param owner whose options these are, as a path in the recipe
   * @param place where the owner is written
   * @return empty if there were problems
   */
  <T extends Record> Optional<T> bind(Class<T> type, Mapping options, String owner, Place place) {
    List<Option> declared;
    try {
      declared = Option.of(type);
    } catch (IllegalArgumentException e) {
      problems.add(
          place,
          Wording.quoted(owner) + " cannot be used: " + e.getMessage() + ".",
          "This is a mistake in the plugin; tell its author.");
      return Optional.empty();
    }
    refuseUnknown(declared, options, owner);
    List<Object> values = new ArrayList<>();
    boolean complete = true;
    for (Option option : declared) {
      Optional<Object> value = value(option, options, owner, place);
      complete &= value.isPresent();
      value.ifPresent(values::add);
    }
    return complete ? construct(type, values, owner, place) : Optional.empty();
  }

  private void refuseUnknown(List<Option> declared, Mapping options, String owner) {
    List<String> names = declared.stream().map(Option::name).toList();
    for (Entry entry : options.entries()) {
      if (!names.contains(entry.key())) {
        problems.addExpecting(
            entry.place(),
            Wording.quoted(owner) + " has no option " + Wording.quoted(entry.key()) + ".",
            Wording.quoted(names, "or"),
            names.isEmpty()
                ? "It has no options at all."
                : Nearest.hint(entry.key(), names)
                    + (names.size() == 1 ? "Its only option is " : "Its options are ")
                    + Wording.quoted(names, "and")
                    + ".");
      }
    }
  }

  private Optional<Object> value(Option option, Mapping options, String owner, Place place) {
    String path = owner + "." + option.name();
    Optional<Value> written = options.get(option.name());
    if (written.isPresent()) {
      return value(option.type(), option.limits(), written.get(), path, option.standard());
    }
    if (option.standard().isEmpty()) {
      problems.addExpecting(
          place,
          Wording.quoted(owner)
              + " needs the option "
              + Wording.quoted(option.name())
              + (option.doc().isEmpty() ? "" : " (" + option.doc() + ")")
              + ".",
          Wording.one(option.type().noun()),
          "Add '"
              + option.name()
              + ": ...' to its options; it is "
              + Wording.one(option.type().noun())
              + ".");
      return Optional.empty();
    }
    Problems mistakes = new Problems();
    Optional<Object> value =
        standard(option, place, mistakes)
            .flatMap(
                yaml ->
                    new Binder(mistakes)
                        .value(option.type(), option.limits(), yaml, path, Optional.empty()));
    if (!mistakes.isEmpty()) {
      problems.add(
          place,
          "The default of "
              + Wording.quoted(path)
              + " is wrong: "
              + mistakes.list().get(0).message(),
          "This is a mistake in the plugin; set the option, and tell the plugin's author.");
      return Optional.empty();
    }
    return value;
  }

  /** A default as a value; of YAML's nothing, an empty text is the only one that is a default. */
  private static Optional<Value> standard(Option option, Place place, Problems mistakes) {
    String text = option.standard().orElseThrow();
    return text.isEmpty()
        ? Optional.of(new Scalar("", false, place))
        : YamlReader.read(text, place, mistakes);
  }

  private Optional<Object> value(
      OptionType type, Limits limits, Value value, String path, Optional<String> standard) {
    if (type instanceof OptionType.Group group) {
      if (value instanceof Mapping || value.isNothing()) {
        Mapping options = value instanceof Mapping m ? m : Mapping.empty(value.place());
        return bind(group.type(), options, path, value.place()).map(Object.class::cast);
      }
      return wrongType(type, value, path, "Write '{key: value, ...}'.");
    }
    if (type instanceof OptionType.Many many) {
      if (!(value instanceof Sequence list)) {
        return wrongType(type, value, path, "Write '[a, b]', or '[a]' for a single value.");
      }
      return list(many, limits, list, path, standard);
    }
    if (!(value instanceof Scalar scalar) || scalar.isNothing()) {
      return wrongType(type, value, path, defaultFix(standard));
    }
    return single(type, limits, scalar, path, standard);
  }

  private Optional<Object> list(
      OptionType.Many type, Limits limits, Sequence list, String path, Optional<String> standard) {
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
      return wrongSize(type, limits, list.items().size(), list.place(), path, standard);
    }
    return elements.size() == list.items().size()
        ? Optional.of(List.copyOf(elements))
        : Optional.empty();
  }

  private Optional<Object> single(
      OptionType type, Limits limits, Scalar scalar, String path, Optional<String> standard) {
    String text = scalar.text();
    if (type instanceof OptionType.Whole || type instanceof OptionType.Decimal) {
      return number(type, limits, scalar, path, standard);
    } else if (type instanceof OptionType.Flag) {
      boolean flag = text.equals("true");
      return scalar.plain() && (flag || text.equals("false"))
          ? Optional.of(flag)
          : wrongType(type, scalar, path, scalar.plain() ? "" : "Remove the quotes.");
    } else if (type instanceof OptionType.Choice choice) {
      int index = choice.names().indexOf(text);
      return index >= 0
          ? Optional.of(choice.constants().get(index))
          : wrongType(type, scalar, path, Nearest.hint(text, choice.names()));
    } else if (!limits.allowsSize(text.length())) {
      return wrongSize(type, limits, text.length(), scalar.place(), path, standard);
    } else if (limits.notBlank() && text.isBlank()) {
      return outOfRange(path, "more than spaces", scalar.place(), scalar.found(), standard);
    } else if (type instanceof OptionType.File) {
      if (text.isEmpty()) {
        return Optional.of(Path.of(""));
      }
      try {
        return Optional.of(scalar.place().folder().resolve(text).toAbsolutePath().normalize());
      } catch (InvalidPathException e) {
        return wrongType(type, scalar, path, "");
      }
    }
    return Optional.of(text);
  }

  private Optional<Object> number(
      OptionType type, Limits limits, Scalar scalar, String path, Optional<String> standard) {
    if (!scalar.plain() || !scalar.isNumber()) {
      boolean quoted = scalar.isNumber();
      return wrongType(
          type,
          scalar,
          path,
          quoted
              ? "Remove the quotes."
              : type instanceof OptionType.Whole
                  ? "Write a number such as 64 or 10_000."
                  : "Write a number such as 0.5 or 2e-4.");
    }
    BigDecimal number = scalar.number();
    if (type instanceof OptionType.Whole whole) {
      if (number.stripTrailingZeros().scale() > 0) {
        return wrongType(type, scalar, path, "Write a number such as 64 or 10_000.");
      }
      boolean low = number.compareTo(BigDecimal.valueOf(whole.least())) < 0;
      if (low || number.compareTo(BigDecimal.valueOf(whole.most())) > 0) {
        String range = low ? "at least " + whole.least() : "at most " + whole.most();
        return outOfRange(path, range, scalar.place(), scalar.found(), standard);
      }
    } else if (Double.isInfinite(number.doubleValue())) {
      return outOfRange(
          path, "less than " + Double.MAX_VALUE, scalar.place(), scalar.found(), standard);
    }
    if (!limits.allowsNumber(number)) {
      return outOfRange(path, limits.ofNumber(), scalar.place(), scalar.found(), standard);
    }
    if (type instanceof OptionType.Whole whole) {
      return whole.most() == Integer.MAX_VALUE
          ? Optional.of(number.intValueExact())
          : Optional.of(number.longValueExact());
    }
    return Optional.of(number.doubleValue());
  }

  private Optional<Object> wrongType(OptionType type, Value value, String path, String fix) {
    boolean phrase = type instanceof OptionType.Choice || type instanceof OptionType.Flag;
    problems.addUnexpected(
        value.place(),
        Wording.quoted(path) + " expects",
        phrase ? type.noun() : Wording.one(type.noun()),
        value.found(),
        fix);
    return Optional.empty();
  }

  private Optional<Object> wrongSize(
      OptionType type,
      Limits limits,
      int size,
      Place place,
      String path,
      Optional<String> standard) {
    problems.addUnexpected(
        place,
        Wording.quoted(path) + " must have",
        limits.ofSize(type.part()),
        Integer.toString(size),
        defaultFix(standard));
    return Optional.empty();
  }

  private Optional<Object> outOfRange(
      String path, String range, Place place, String found, Optional<String> standard) {
    problems.addUnexpected(
        place, Wording.quoted(path) + " must be", range, found, defaultFix(standard));
    return Optional.empty();
  }

  private static String defaultFix(Optional<String> standard) {
    return standard.map(value -> "Its default is " + value + ".").orElse("");
  }

  private <T extends Record> Optional<T> construct(
      Class<T> type, List<Object> values, String owner, Place place) {
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
      problems.add(place, Wording.quoted(owner) + ": " + e.getCause().getMessage() + ".", "");
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("constructing " + type, e);
    }
  }
}
