package org.gantry.training;

/** How a step checks the gradients of each player. */
public enum GradientCheck {
  /** No check. For benchmarks only: a NaN propagates. */
  NONE,
  /** Checks that all elements are finite. */
  FINITE,
  /** Computes the norm, and checks that all elements are finite. */
  NORM
}
