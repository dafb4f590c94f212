package org.gantry.recipes.internal.options;

import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.recipes.text.MessageText;

/**
 * The values that an option allows, read from Jakarta Validation's annotations. Checks, option
 * tables and the JSON schema all use these limits. (A full validator cannot describe a range in
 * words, and takes a quarter of a second at every start.)
 *
 * @param minimum the lower end of a number's range
 * @param maximum the upper end of a number's range
 * @param minSize the least number of elements of a list, or characters of a text
 * @param maxSize the greatest number of them
 * @param notBlank whether a text needs a character that is not white space
 */
public record OptionLimits(
    Optional<RangeEnd> minimum,
    Optional<RangeEnd> maximum,
    Optional<Integer> minSize,
    Optional<Integer> maxSize,
    boolean notBlank) {

  /** One end of a range of numbers, and whether the range includes it. */
  public record RangeEnd(BigDecimal value, boolean inclusive) {}

  /** Allows every value. */
  public static final OptionLimits NONE =
      new OptionLimits(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  /**
   * Reads the limits from annotations.
   *
   * @throws IllegalArgumentException if recipes do not support one of the constraints
   */
  public static OptionLimits of(Annotation[] annotations) {
    OptionLimits limits = NONE;
    for (Annotation annotation : annotations) {
      limits = limits.and(annotation);
    }
    return limits;
  }

  private OptionLimits and(Annotation annotation) {
    if (annotation instanceof Positive) {
      return above(BigDecimal.ZERO, false);
    } else if (annotation instanceof PositiveOrZero) {
      return above(BigDecimal.ZERO, true);
    } else if (annotation instanceof Negative) {
      return below(BigDecimal.ZERO, false);
    } else if (annotation instanceof NegativeOrZero) {
      return below(BigDecimal.ZERO, true);
    } else if (annotation instanceof Min min) {
      return above(BigDecimal.valueOf(min.value()), true);
    } else if (annotation instanceof Max max) {
      return below(BigDecimal.valueOf(max.value()), true);
    } else if (annotation instanceof DecimalMin min) {
      return above(new BigDecimal(min.value()), min.inclusive());
    } else if (annotation instanceof DecimalMax max) {
      return below(new BigDecimal(max.value()), max.inclusive());
    } else if (annotation instanceof Size size) {
      return sized(size.min(), size.max());
    } else if (annotation instanceof NotEmpty) {
      return sized(1, Integer.MAX_VALUE);
    } else if (annotation instanceof NotBlank) {
      return new OptionLimits(minimum, maximum, minSize, maxSize, true);
    } else if (annotation instanceof NotNull
        || !annotation.annotationType().isAnnotationPresent(Constraint.class)) {
      return this;
    }
    throw new IllegalArgumentException(
        "the constraint @" + annotation.annotationType().getSimpleName() + " is not supported");
  }

  private OptionLimits above(BigDecimal value, boolean inclusive) {
    return new OptionLimits(
        Optional.of(new RangeEnd(value, inclusive)), maximum, minSize, maxSize, notBlank);
  }

  private OptionLimits below(BigDecimal value, boolean inclusive) {
    return new OptionLimits(
        minimum, Optional.of(new RangeEnd(value, inclusive)), minSize, maxSize, notBlank);
  }

  private OptionLimits sized(int min, int max) {
    return new OptionLimits(
        minimum,
        maximum,
        min > 0 ? Optional.of(min) : minSize,
        max < Integer.MAX_VALUE ? Optional.of(max) : maxSize,
        notBlank);
  }

  /** Whether a number is within the range. */
  public boolean allowsNumber(BigDecimal number) {
    boolean highEnough =
        minimum.map(end -> compares(number.compareTo(end.value()), end)).orElse(true);
    boolean lowEnough =
        maximum.map(end -> compares(end.value().compareTo(number), end)).orElse(true);
    return highEnough && lowEnough;
  }

  private static boolean compares(int sign, RangeEnd end) {
    return sign > 0 || (sign == 0 && end.inclusive());
  }

  /** Whether a number of elements or characters is allowed. */
  public boolean allowsSize(int size) {
    return size >= minSize.orElse(0) && size <= maxSize.orElse(Integer.MAX_VALUE);
  }

  /** Describes the range as it follows "must be"; empty if every number is allowed. */
  public String describeRange() {
    if (minimum.isPresent()
        && maximum.isPresent()
        && minimum.get().inclusive()
        && maximum.get().inclusive()) {
      return "between " + plain(minimum.get().value()) + " and " + plain(maximum.get().value());
    }
    List<String> phrases = new ArrayList<>();
    minimum.ifPresent(
        end -> phrases.add((end.inclusive() ? "at least " : "greater than ") + plain(end.value())));
    maximum.ifPresent(
        end -> phrases.add((end.inclusive() ? "at most " : "less than ") + plain(end.value())));
    return MessageText.joined(phrases, "and");
  }

  /**
   * Describes the allowed sizes as they follow "must have"; empty if every size is allowed.
   *
   * @param part the unit of the size, such as {@code element}
   */
  public String describeSize(String part) {
    if (minSize.isPresent() && maxSize.isPresent()) {
      return minSize.equals(maxSize)
          ? "exactly " + count(minSize.get(), part)
          : minSize.get() + " to " + count(maxSize.get(), part);
    }
    return minSize
        .map(size -> "at least " + count(size, part))
        .or(() -> maxSize.map(size -> "at most " + count(size, part)))
        .orElse("");
  }

  /** Describes all limits in one phrase, for a table; empty if every value is allowed. */
  public String describe(String part) {
    return Stream.of(describeRange(), describeSize(part), notBlank ? "not blank" : "")
        .filter(phrase -> !phrase.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static String count(int size, String part) {
    return size + " " + part + (size == 1 ? "" : "s");
  }
}
