package org.gantry.training;

/** What a node of the training graph is. */
public enum NodeType {
  /** A field of a batch of real data. */
  DATA,
  /** Codes from the prior, or noise. */
  NOISE,
  /** A scheduled or carried scalar. */
  SCALAR,
  /** A carried array. */
  STATE,
  /** An application of a network. */
  NETWORK,
  /** A function. */
  FUNCTION,
  /** A gradient. */
  GRADIENT,
  /** A scalar that a player minimises. */
  TERM
}
