package org.gantry.search;

/** The result of a search. */
public final class FoundSample {

  private final float[] code;
  private final float[] sample;
  private final float[] completed;
  private final double difference;
  private final double firstDifference;

  FoundSample(SearchTarget target, float[] code, float[] sample, double firstDifference) {
    this.code = code;
    this.sample = sample;
    this.completed = target.completedBy(sample);
    this.difference = target.difference(sample);
    this.firstDifference = firstDifference;
  }

  /** The code; not copied. */
  public float[] code() {
    return code;
  }

  /** The sample of the code, in the scale of the data; not copied. */
  public float[] sample() {
    return sample;
  }

  /** The target, with the sample where the target's own values do not count; not copied. */
  public float[] completed() {
    return completed;
  }

  /** The mean absolute difference from the target, over the values that count. */
  public double difference() {
    return difference;
  }

  /** The same for the best random code, where the search began. */
  public double firstDifference() {
    return firstDifference;
  }
}
