package org.gantry.search;

import java.util.Arrays;

/** What a sample should be like, and which of its values count. */
public final class SearchTarget {

  private final float[] values;
  private final float[] known;

  private SearchTarget(float[] values, float[] known) {
    this.values = values;
    this.known = known;
  }

  /**
   * A sample of which every value counts.
   *
   * @param values in the scale of the data; not copied
   */
  public static SearchTarget whole(float[] values) {
    float[] all = new float[values.length];
    Arrays.fill(all, 1);
    return new SearchTarget(values, all);
  }

  /**
   * A sample of which only some values count.
   *
   * @param values in the scale of the data; not copied
   * @param known 1 for each value that counts, 0 for the others; not copied
   * @throws IllegalArgumentException if no value counts, or if the lengths differ
   */
  public static SearchTarget partly(float[] values, float[] known) {
    if (values.length != known.length) {
      throw new IllegalArgumentException(
          "%d values but %d weights".formatted(values.length, known.length));
    }
    SearchTarget target = new SearchTarget(values, known);
    if (target.knownValues() == 0) {
      throw new IllegalArgumentException("no value counts");
    }
    return target;
  }

  /** The number of values that count. */
  int knownValues() {
    int count = 0;
    for (float weight : known) {
      count += weight > 0 ? 1 : 0;
    }
    return count;
  }

  /** All values; those that do not count are never read. */
  float[] values() {
    return values;
  }

  /** 1 for each value that counts, 0 for the others. */
  float[] known() {
    return known;
  }

  /** The mean absolute difference of a sample, over the values that count. */
  double difference(float[] sample) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += known[i] > 0 ? Math.abs(sample[i] - values[i]) : 0;
    }
    return sum / knownValues();
  }

  /** The target, with the values of a sample where the target's own do not count. */
  float[] completedBy(float[] sample) {
    float[] completed = values.clone();
    for (int i = 0; i < completed.length; i++) {
      completed[i] = known[i] > 0 ? values[i] : sample[i];
    }
    return completed;
  }
}
