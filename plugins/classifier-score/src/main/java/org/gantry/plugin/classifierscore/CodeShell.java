package org.gantry.plugin.classifierscore;

import java.util.List;

/**
 * The distance from zero at which codes of a prior lie. Codes of a normal prior in many dimensions
 * all have nearly the same length, and averages of them are much shorter. A generator has never
 * seen such short codes, so that it draws pale samples of them.
 *
 * @param radius the usual length of codes; 0 if codes of any length are usual
 */
record CodeShell(double radius) {

  private static final double NO_LENGTH = 1e-6;

  /**
   * Measures the length of codes.
   *
   * @param straight whether the prior also has the codes between others, as a uniform one does
   */
  static CodeShell of(List<float[]> codes, boolean straight) {
    return new CodeShell(
        straight ? 0 : codes.stream().mapToDouble(CodeShell::length).average().orElse(0));
  }

  /** Returns a code of the same direction and of the usual length. */
  float[] place(float[] code) {
    double length = length(code);
    float[] placed = code.clone();
    for (int i = 0; radius > 0 && length > NO_LENGTH && i < placed.length; i++) {
      placed[i] *= (float) (radius / length);
    }
    return placed;
  }

  private static double length(float[] code) {
    double square = 0;
    for (float number : code) {
      square += (double) number * number;
    }
    return Math.sqrt(square);
  }
}
