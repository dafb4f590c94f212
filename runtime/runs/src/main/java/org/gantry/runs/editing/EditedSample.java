package org.gantry.runs.editing;

/** One result of an edit, or the picture before it. */
public final class EditedSample {

  private final float[] code;
  private final float[] sample;
  private final double cost;
  private final double constraintCost;
  private final double distance;
  private final double share;

  EditedSample(
      float[] code,
      float[] sample,
      double cost,
      double constraintCost,
      double distance,
      double share) {
    this.code = code;
    this.sample = sample;
    this.cost = cost;
    this.constraintCost = constraintCost;
    this.distance = distance;
    this.share = share;
  }

  /** Returns the code; not copied. */
  public float[] code() {
    return code;
  }

  /** Returns the sample of the code, in the scale of the data; not copied. */
  public float[] sample() {
    return sample;
  }

  /** Returns the whole cost: constraints, distance from the start, and judgement. */
  public double cost() {
    return cost;
  }

  /** Returns the cost of the constraints alone. */
  public double constraintCost() {
    return constraintCost;
  }

  /** Returns the distance of the code from that of the picture before the edit. */
  public double distance() {
    return distance;
  }

  /**
   * Returns the weight of this result in an average of all of them, for an overview. The weights of
   * all results sum to 1.
   */
  public double share() {
    return share;
  }
}
