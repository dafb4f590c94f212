package org.gantry.recipes.internal.options;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.host.support.UserPaths;
import org.gantry.recipes.text.DoubleRange;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Scalar;

/**
 * Binds single values of options.
 *
 * @param problems receives what is wrong
 */
record ScalarBinder(ProblemCollector problems) {

  /** Binds a text, a number, a file, or true or false. */
  Optional<Object> single(
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
        Path file = scalar.position().folder().resolve(UserPaths.of(text));
        return Optional.of(file.toAbsolutePath().normalize());
      } catch (InvalidPathException e) {
        return wrongType(type, scalar, path, UserPaths.reason(e) + ".");
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
              : scalar
                  .separatorFix()
                  .orElse(
                      type instanceof OptionType.IntegerType
                          ? "Write a number such as 64 or 10000."
                          : "Write a number such as 0.5 or 2e-4."));
    }
    BigDecimal number = scalar.number();
    if (type instanceof OptionType.IntegerType whole) {
      if (number.stripTrailingZeros().scale() > 0) {
        return wrongType(type, scalar, path, "Write a number such as 64 or 10000.");
      }
      boolean low = number.compareTo(BigDecimal.valueOf(whole.minimum())) < 0;
      if (low || number.compareTo(BigDecimal.valueOf(whole.maximum())) > 0) {
        String range = low ? "at least " + whole.minimum() : "at most " + whole.maximum();
        return outOfRange(path, range, scalar.position(), scalar.description(), defaultValue);
      }
    } else if (!DoubleRange.contains(number)) {
      return outOfRange(
          path,
          DoubleRange.describeFor(number),
          scalar.position(),
          scalar.description(),
          defaultValue);
    }
    if (!limits.allowsNumber(number) || !limits.allowsNumber(converted(type, number))) {
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

  /** The number that the option gets: 0.99999999999999999999 is rounded to 1, which may not be. */
  private static BigDecimal converted(OptionType type, BigDecimal number) {
    return type instanceof OptionType.IntegerType
        ? number
        : BigDecimal.valueOf(number.doubleValue());
  }

  /** Adds the problem that a value has another type. */
  Optional<Object> wrongType(OptionType type, YamlValue value, String path, String fix) {
    boolean phrase = type instanceof OptionType.EnumType || type instanceof OptionType.BooleanType;
    problems.addUnexpected(
        value.position(),
        MessageText.quoted(path) + " expects",
        phrase ? type.noun() : MessageText.withArticle(type.noun()),
        value.description(),
        fix);
    return Optional.empty();
  }

  /** Adds the problem that a list or text has another size. */
  Optional<Object> wrongSize(
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

  /** Returns the fix that names the default, if there is one. */
  static String defaultFix(Optional<String> defaultValue) {
    return defaultValue.map(value -> "Its default is " + value + ".").orElse("");
  }
}
