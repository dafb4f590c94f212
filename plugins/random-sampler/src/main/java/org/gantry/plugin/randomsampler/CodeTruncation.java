package org.gantry.plugin.randomsampler;

import ai.djl.ndarray.NDArray;

/** Moves latent codes towards the middle of the prior, where samples are better and less varied. */
final class CodeTruncation {

  static final String MEANING =
      "the factor of latent codes; below 1 samples are more typical and less varied";

  private CodeTruncation() {}

  /** Multiplies codes by a factor in place. */
  static NDArray apply(NDArray codes, double factor) {
    return factor == 1 ? codes : codes.muli(factor);
  }
}
