package org.gantry.experiments.definition;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Combines the values of several trainings into one number. */
enum TrialAggregate {
  MEAN,
  MEDIAN,
  MIN,
  MAX;

  static List<String> names() {
    return Arrays.stream(values()).map(a -> a.name().toLowerCase(Locale.ROOT)).toList();
  }

  double apply(List<Double> values) {
    DoubleStream all = values.stream().mapToDouble(Double::doubleValue);
    return switch (this) {
      case MEAN -> all.average().orElseThrow();
      case MIN -> all.min().orElseThrow();
      case MAX -> all.max().orElseThrow();
      case MEDIAN -> {
        double[] sorted = all.sorted().toArray();
        int middle = sorted.length / 2;
        yield sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      }
    };
  }
}
