package org.gantry.experiments.definition;

import java.util.List;
import java.util.Optional;

/**
 * A relation that should hold between aggregates of measured values, such as {@code
 * mean(packed.modes) >= mean(plain.modes) + 4}.
 *
 * @param text as written
 * @param source where it was published; empty if nowhere
 * @param left the formula on the left
 * @param operator the relation between the two formulas
 * @param right the formula on the right
 */
public record Claim(
    String text,
    String source,
    ClaimFormula left,
    ComparisonOperator operator,
    ClaimFormula right) {

  /** A relation between two numbers. It never holds for NaN. */
  public enum ComparisonOperator {
    /** Less than. */
    LESS("<"),
    /** Less than or equal. */
    AT_MOST("<="),
    /** Greater than. */
    GREATER(">"),
    /** Greater than or equal. */
    AT_LEAST(">="),
    /** Equal up to rounding errors. */
    EQUAL("=");

    private final String sign;

    ComparisonOperator(String sign) {
      this.sign = sign;
    }

    /** Returns the sign that stands for the relation in a claim. */
    public String sign() {
      return sign;
    }

    /** Returns whether the relation holds between two numbers. */
    public boolean test(double left, double right) {
      boolean equal = Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(right));
      double by = left - right;
      return switch (this) {
        case LESS -> by < 0 && !equal;
        case AT_MOST -> by < 0 || equal;
        case GREATER -> by > 0 && !equal;
        case AT_LEAST -> by > 0 || equal;
        case EQUAL -> equal;
      };
    }
  }

  /** Gives the measured values. */
  @FunctionalInterface
  public interface MetricValues {

    /**
     * Returns the values of a metric over all trainings of a variant.
     *
     * @return one value per training, NaN where a training lacks it; empty if the variant was not
     *     trained
     */
    List<Double> of(String variant, String metric);
  }

  /**
   * The result of checking a claim.
   *
   * @param holds whether it holds; empty if it names a variant that was not trained
   * @param left the number on its left; NaN if unknown
   * @param right the number on its right; NaN if unknown
   */
  public record ClaimVerdict(Optional<Boolean> holds, double left, double right) {

    /** Returns the two numbers as text for a table. */
    public String numbers() {
      return holds.isEmpty()
          ? "not measured"
          : MetricSummary.number(left) + " and " + MetricSummary.number(right);
    }

    /** Returns {@code holds}, {@code does not hold} or {@code open}. */
    public String word() {
      return holds.map(yes -> yes ? "holds" : "does not hold").orElse("open");
    }
  }

  /** Checks the claim against measured values. */
  public ClaimVerdict evaluate(MetricValues values) {
    Optional<Double> l = left.value(values);
    Optional<Double> r = right.value(values);
    if (l.isEmpty() || r.isEmpty()) {
      return new ClaimVerdict(Optional.empty(), l.orElse(Double.NaN), r.orElse(Double.NaN));
    }
    return new ClaimVerdict(Optional.of(operator.test(l.get(), r.get())), l.get(), r.get());
  }
}
