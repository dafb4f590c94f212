package org.gantry.plugin.plugandplay;

/**
 * One step of a chain of codes, the approximate Langevin step of arXiv:1612.00005, equation 5:
 *
 * <pre>
 * h' = h + ε₁ p + ε₂ g + ε₃ n,
 * </pre>
 *
 * <p>with the step p of the prior, the gradient g of the condition and standard normal noise n.
 *
 * @param prior ε₁
 * @param condition ε₂
 * @param noise ε₃, a standard deviation
 * @param rate a factor on the whole change
 * @param normalised whether the change is divided by the mean of its absolute values first
 * @param range the range of codes
 */
record ChainStep(
    double prior, double condition, double noise, double rate, boolean normalised, Range range) {

  /** The range to which codes are clipped. */
  record Range(double low, double high) {

    /** No limits. */
    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Clips a code in place. */
    void clip(float[] code) {
      for (int i = 0; i < code.length; i++) {
        code[i] = (float) Math.max(low, Math.min(high, code[i]));
      }
    }
  }

  /**
   * The next code.
   *
   * @param code the code h
   * @param towards the step p of the prior; not read if its weight is 0
   * @param gradient the gradient g; not read if its weight is 0
   * @param draw the noise n; not read if its weight is 0
   * @return a new array
   */
  float[] next(float[] code, float[] towards, float[] gradient, double[] draw) {
    double[] change = new double[code.length];
    double sum = 0;
    for (int i = 0; i < code.length; i++) {
      change[i] =
          (prior == 0 ? 0 : prior * towards[i])
              + (condition == 0 ? 0 : condition * gradient[i])
              + (noise == 0 ? 0 : noise * draw[i]);
      sum += Math.abs(change[i]);
    }
    double scale = normalised && sum > 0 ? rate * code.length / sum : rate;
    float[] next = new float[code.length];
    for (int i = 0; i < code.length; i++) {
      next[i] = (float) (code[i] + scale * change[i]);
    }
    range.clip(next);
    return next;
  }
}
