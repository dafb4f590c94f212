package org.gantry.experiments;

import java.util.List;
import java.util.Optional;
import org.gantry.experiments.internal.ClaimFormula;

/**
 * A relation that should hold between aggregates of what was measured, such as {@code
 * mean(packed.modes) >= mean(plain.modes) + 4}.
 *
 * @param text as written
 * @param source who says so; empty if nobody in particular
 * @param left of the relation
 * @param operator between the two
 * @param right of the relation
 */
public record Claim(
    String text,
    String source,
    ClaimFormula left,
    ComparisonOperator operator,
    ClaimFormula right) {

  /** How two numbers can be related. NaN is related to nothing. */
  public enum ComparisonOperator {
    /** Less. */
    LESS("<"),
    /** Less or equal. */
    AT_MOST("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or equal. */
    AT_LEAST(">="),
    /** Equal, but for rounding. */
    EQUAL("=");

    private final String sign;

    ComparisonOperator(String sign) {
      this.sign = sign;
    }

    /** As claims write it. */
    public String sign() {
      return sign;
    }

    /** Whether two numbers are so related. */
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

  /** The values that claims are about. */
  @FunctionalInterface
  public interface MetricValues {

    /**
     * The values of a metric over all trainings of a variant.
     *
     * @return NaN for a training that has no such value; empty if there was no training
     */
    List<Double> of(String variant, String metric);
  }

  /**
   * How a claim fares.
   *
   * @param holds whether it holds; empty as long as a variant that it names was not trained
   * @param left the number on its left; NaN where it is not known
   * @param right the number on its right; NaN where it is not known
   */
  public record ClaimVerdict(Optional<Boolean> holds, double left, double right) {

    /** The two numbers in a relation, to be read beside the claim. */
    public String numbers() {
      return holds.isEmpty()
          ? "not measured"
          : MetricSummary.number(left) + " and " + MetricSummary.number(right);
    }

    /** {@code holds}, {@code does not hold} or {@code open}. */
    public String word() {
      return holds.map(yes -> yes ? "holds" : "does not hold").orElse("open");
    }
  }

  /** Looks at what was measured. */
  public ClaimVerdict evaluate(MetricValues values) {
    Optional<Double> l = left.value(values);
    Optional<Double> r = right.value(values);
    if (l.isEmpty() || r.isEmpty()) {
      return new ClaimVerdict(Optional.empty(), l.orElse(Double.NaN), r.orElse(Double.NaN));
    }
    return new ClaimVerdict(Optional.of(operator.test(l.get(), r.get())), l.get(), r.get());
  }
}
