package org.gantry.serving.internal.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts values in buckets. Thread-safe. */
final class ValueHistogram {

  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * Creates an empty histogram.
   *
   * @param bounds the largest value of each bucket, ascending; one more bucket has all others
   */
  ValueHistogram(double... bounds) {
    this.bounds = bounds.clone();
    counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  void add(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /**
   * Appends the lines of the histogram.
   *
   * @param labels such as {@code route="samples"}; may be empty
   */
  void append(StringBuilder text, String name, String labels) {
    String more = labels.isEmpty() ? "" : labels + ",";
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i].sum();
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      text.append("%s_bucket{%sle=\"%s\"} %d\n".formatted(name, more, bound, total));
    }
    String all = labels.isEmpty() ? "" : "{" + labels + "}";
    text.append("%s_sum%s %s\n".formatted(name, all, number(sum.sum())));
    text.append("%s_count%s %d\n".formatted(name, all, total));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
