package org.gantry.experiments.definition;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** A number that is computed from measured values. */
@FunctionalInterface
public interface ClaimFormula {

  /** Returns the number; NaN if a value is missing, empty if a variant was not trained. */
  Optional<Double> value(Claim.MetricValues values);

  /** Returns a formula for a constant. */
  static ClaimFormula constant(double number) {
    return values -> Optional.of(number);
  }

  /** Returns a formula that combines two others. */
  static ClaimFormula of(ClaimFormula left, ClaimFormula right, DoubleBinaryOperator operator) {
    return values ->
        left.value(values).flatMap(l -> right.value(values).map(r -> operator.applyAsDouble(l, r)));
  }

  /**
   * Returns a formula for an aggregate over all trainings of a variant. It is NaN if a value is
   * missing.
   */
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
   * Returns a formula for the fraction of a variant's trainings whose value has the relation to the
   * bound. A missing value counts as not related. The formula is NaN if the bound is.
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
