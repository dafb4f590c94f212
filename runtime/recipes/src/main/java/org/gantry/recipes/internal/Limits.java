package org.gantry.recipes.internal;

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
import org.gantry.recipes.text.Wording;

/**
 * The values that an option may have, read once from Jakarta Validation's annotations: checks,
 * tables and the JSON schema all say the same. (A full validator checks but cannot say: it spells
 * ranges with an expression language, and costs a quarter of a second at every start.)
 *
 * @param low the lower end of a number
 * @param high the upper end of a number
 * @param least the fewest elements of a list or characters of a text
 * @param most the most of them
 * @param notBlank whether a text needs a character that is no space
 */
record Limits(
    Optional<End> low,
    Optional<End> high,
    Optional<Integer> least,
    Optional<Integer> most,
    boolean notBlank) {

  /** One end of a range of numbers. */
  record End(BigDecimal value, boolean inclusive) {}

  /** No limits. */
  static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

  /**
   * Reads the limits.
   *
   * @throws IllegalArgumentException if a constraint is one that recipes cannot check
   */
  static Limits of(Annotation[] annotations) {
    Limits limits = NONE;
    for (Annotation annotation : annotations) {
      limits = limits.and(annotation);
    }
    return limits;
  }

  private Limits and(Annotation annotation) {
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
      return new Limits(low, high, least, most, true);
    } else if (annotation instanceof NotNull
        || !annotation.annotationType().isAnnotationPresent(Constraint.class)) {
      return this;
    }
    throw new IllegalArgumentException(
        "the constraint @" + annotation.annotationType().getSimpleName() + " is not supported");
  }

  private Limits above(BigDecimal value, boolean inclusive) {
    return new Limits(Optional.of(new End(value, inclusive)), high, least, most, notBlank);
  }

  private Limits below(BigDecimal value, boolean inclusive) {
    return new Limits(low, Optional.of(new End(value, inclusive)), least, most, notBlank);
  }

  private Limits sized(int min, int max) {
    return new Limits(
        low,
        high,
        min > 0 ? Optional.of(min) : least,
        max < Integer.MAX_VALUE ? Optional.of(max) : most,
        notBlank);
  }

  boolean allowsNumber(BigDecimal number) {
    boolean highEnough = low.map(end -> compares(number.compareTo(end.value()), end)).orElse(true);
    boolean lowEnough = high.map(end -> compares(end.value().compareTo(number), end)).orElse(true);
    return highEnough && lowEnough;
  }

  private static boolean compares(int sign, End end) {
    return sign > 0 || (sign == 0 && end.inclusive());
  }

  boolean allowsSize(int size) {
    return size >= least.orElse(0) && size <= most.orElse(Integer.MAX_VALUE);
  }

  /** The limits of a number as they follow "must be"; empty without any. */
  String ofNumber() {
    if (low.isPresent() && high.isPresent() && low.get().inclusive() && high.get().inclusive()) {
      return "between " + plain(low.get().value()) + " and " + plain(high.get().value());
    }
    List<String> phrases = new ArrayList<>();
    low.ifPresent(
        end -> phrases.add((end.inclusive() ? "at least " : "greater than ") + plain(end.value())));
    high.ifPresent(
        end -> phrases.add((end.inclusive() ? "at most " : "less than ") + plain(end.value())));
    return Wording.joined(phrases, "and");
  }

  /**
   * The limits of a size as they follow "must have"; empty without any.
   *
   * @param part what is counted, such as {@code element}
   */
  String ofSize(String part) {
    if (least.isPresent() && most.isPresent()) {
      return least.equals(most)
          ? "exactly " + count(least.get(), part)
          : least.get() + " to " + count(most.get(), part);
    }
    return least
        .map(size -> "at least " + count(size, part))
        .or(() -> most.map(size -> "at most " + count(size, part)))
        .orElse("");
  }

  /** All limits in one phrase, for a table; empty without any. */
  String text(String part) {
    return Stream.of(ofNumber(), ofSize(part), notBlank ? "not blank" : "")
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
