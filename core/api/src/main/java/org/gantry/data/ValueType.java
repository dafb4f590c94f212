package org.gantry.data;

/**
 * What a value of the data or of the graph is, so that components can tell pictures from labels.
 */
public enum ValueType {
  /** A sample that networks imitate or read: a picture, or a point. */
  IMAGE,
  /** The index of a class. */
  LABEL,
  /** A sequence of word numbers. */
  TEXT,
  /** A label, a text or another wish in the form that networks take. */
  CONDITION,
  /** A latent code, or noise that a network takes. */
  CODE,
  /** A discriminator's score. */
  SCORE,
  /** Anything else. */
  OTHER;

  /** Whether a value of this type states what a sample should be like. */
  public boolean isCondition() {
    return this == LABEL || this == TEXT || this == CONDITION;
  }
}
