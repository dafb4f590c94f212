package org.gantry.search;

/**
 * The range of the values of a code.
 *
 * @param low the lowest value
 * @param high the highest value
 */
public record CodeRange(float low, float high) {

  /** Any value. */
  public static final CodeRange UNLIMITED =
      new CodeRange(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  /** Returns the range of the values of some codes. */
  public static CodeRange of(float[][] codes) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float[] code : codes) {
      for (float value : code) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new CodeRange(low, high);
  }

  /** Returns the value in the range that is nearest to another one. */
  public float nearest(double value) {
    return (float) Math.max(low, Math.min(high, value));
  }
}
