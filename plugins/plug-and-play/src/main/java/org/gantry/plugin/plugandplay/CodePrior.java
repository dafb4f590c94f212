package org.gantry.plugin.plugandplay;

/** The direction in which a chain's prior moves a code. */
enum CodePrior {
  /** Towards what the encoder and the generator make of the code, E(G(h)) − h. */
  RECONSTRUCTION,
  /** Towards the origin, −h, which is the decay of a weight. */
  ORIGIN;

  /**
   * The step.
   *
   * @param code the code h
   * @param encoded E(G(h)); not read towards the origin
   */
  float[] step(float[] code, float[] encoded) {
    float[] step = new float[code.length];
    for (int i = 0; i < code.length; i++) {
      step[i] = this == ORIGIN ? -code[i] : encoded[i] - code[i];
    }
    return step;
  }
}
