package org.gantry.tensor;

/** The type of numbers in which networks compute while they train. */
public enum FloatPrecision {
  /** 32 bits, of which 24 are the significand. */
  FLOAT32,
  /**
   * bfloat16: the range of float32, with 8 bits of significand. Linear layers and convolutions
   * compute in it. Weights, their updates, statistics, losses and everything between networks stay
   * in float32.
   */
  BF16
}
