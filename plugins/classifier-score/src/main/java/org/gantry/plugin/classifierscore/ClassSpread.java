package org.gantry.plugin.classifierscore;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The spread of generated samples around the mean of their class, relative to that of real ones.
 * The spread is the standard deviation over the samples of a class, over all pixels. A class is
 * what has the same condition.
 */
final class ClassSpread {

  /** A class with fewer samples on either side has no ratio of its own. */
  private static final int LEAST_OF_CLASS = 20;

  private ClassSpread() {}

  /**
   * Compares the spreads. Classes with fewer than two samples on either side do not count. The
   * others count as often as they have generated samples.
   *
   * @param realConditions the condition of each real sample
   * @param real reads a real sample
   * @param madeConditions the condition of each generated sample
   * @param made reads a generated sample
   * @return {@code condition-spread} over all classes, and {@code condition-spread-min} of the
   *     class with the lowest ratio; each is left out if no class has enough samples
   */
  static Map<String, Double> figures(
      List<FloatBuffer> realConditions,
      IntFunction<float[]> real,
      List<FloatBuffer> madeConditions,
      IntFunction<float[]> made) {
    Map<FloatBuffer, List<Integer>> realGroups = groups(realConditions);
    double realSum = 0;
    double madeSum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<FloatBuffer, List<Integer>> group : groups(madeConditions).entrySet()) {
      List<Integer> makes = group.getValue();
      List<Integer> reals = realGroups.getOrDefault(group.getKey(), List.of());
      if (Math.min(makes.size(), reals.size()) >= 2) {
        double realVariance = variance(reals, real);
        double madeVariance = variance(makes, made);
        realSum += makes.size() * realVariance;
        madeSum += makes.size() * madeVariance;
        if (Math.min(makes.size(), reals.size()) >= LEAST_OF_CLASS && realVariance > 0) {
          least = Math.min(least, Math.sqrt(madeVariance / realVariance));
        }
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    if (realSum > 0) {
      figures.put("condition-spread", Math.sqrt(madeSum / realSum));
    }
    if (least < Double.POSITIVE_INFINITY) {
      figures.put("condition-spread-min", least);
    }
    return figures;
  }

  private static Map<FloatBuffer, List<Integer>> groups(List<FloatBuffer> conditions) {
    Map<FloatBuffer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      groups.computeIfAbsent(conditions.get(i), key -> new ArrayList<>()).add(i);
    }
    return groups;
  }

  /** The unbiased variance of some samples, summed over their values. */
  private static double variance(List<Integer> indices, IntFunction<float[]> samples) {
    double[] sum = new double[samples.apply(indices.get(0)).length];
    double squares = 0;
    for (int index : indices) {
      float[] sample = samples.apply(index);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += sample[i];
        squares += (double) sample[i] * sample[i];
      }
    }
    for (double total : sum) {
      squares -= total * total / indices.size();
    }
    return Math.max(0, squares) / (indices.size() - 1);
  }
}
