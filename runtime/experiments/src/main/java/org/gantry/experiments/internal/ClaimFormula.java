package org.gantry.experiments.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import org.gantry.experiments.Claim;

/** A number that is computed from what was measured. */
@FunctionalInterface
public interface ClaimFormula {

  /** The number; NaN if a value is missing, empty if a variant was not trained. */
  Optional<Double> value(Claim.MetricValues values);

  /** A number as written. */
  static ClaimFormula constant(double number) {
    return values -> Optional.of(number);
  }

  /** Two formulas, combined. */
  static ClaimFormula of(ClaimFormula left, ClaimFormula right, DoubleBinaryOperator operator) {
    return values ->
        left.value(values).flatMap(l -> right.value(values).map(r -> operator.applyAsDouble(l, r)));
  }

  /** An aggregate over all trainings of a variant; NaN as soon as one value is missing. */
  static ClaimFormula aggregate(
      String variant, String metric, ToDoubleFunction<List<Double>> over) {
    return values -> {
      List<Double> all = values.of(variant, metric);
      if (all.isEmpty()) {
        return Optional.empty();
      }
      boolean whole = all.stream().noneMatch(v -> v.isNaN());
      return Optional.of(whole ? over.applyAsDouble(all) : Double.NaN);
    };
  }

  /**
   * The share of a variant's trainings whose value is so related; a missing value is not. NaN if
   * the bound is.
   */
  static ClaimFormula share(
      String variant, String metric, Claim.ComparisonOperator relation, ClaimFormula bound) {
    return values -> {
      List<Double> all = values.of(variant, metric);
      return all.isEmpty()
          ? Optional.empty()
          : bound
              .value(values)
              .map(b -> b.isNaN() ? Double.NaN : share(all, v -> relation.test(v, b)));
    };
  }

  private static double share(List<Double> values, DoublePredicate is) {
    return values.stream().mapToDouble(v -> is.test(v) ? 1 : 0).average().orElseThrow();
  }
}
