package org.gantry.recipes.text;

import java.math.BigDecimal;

/**
 * The decimal numbers that a {@code double} can hold. A larger one would become infinite, and one
 * that is nearer to 0 would become 0, which is another value than the user wrote.
 */
public final class DoubleRange {

  private DoubleRange() {}

  /** Whether a number becomes neither infinite nor 0 by its conversion. */
  public static boolean contains(BigDecimal number) {
    double converted = number.doubleValue();
    return !Double.isInfinite(converted) && (converted != 0 || number.signum() == 0);
  }

  /** The nearest numbers within the range, for a number outside: {@code 0 or at least 4.9E-324}. */
  public static String describeFor(BigDecimal number) {
    boolean large = Double.isInfinite(number.doubleValue());
    boolean positive = number.signum() > 0;
    if (large) {
      return positive ? "at most " + Double.MAX_VALUE : "at least " + -Double.MAX_VALUE;
    }
    return positive ? "0 or at least " + Double.MIN_VALUE : "0 or at most " + -Double.MIN_VALUE;
  }
}
