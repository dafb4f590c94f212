package org.gantry.training;

import ai.djl.ndarray.NDList;
import org.osgi.annotation.versioning.ConsumerType;

/** Sees the values that a training step computes. */
@FunctionalInterface
@ConsumerType
public interface ValueListener {

  /** Ignores the values. */
  ValueListener NONE = (node, values) -> {};

  /**
   * A phase of the step has evaluated a node. Not called for a value that it reuses.
   *
   * @param node the node
   * @param values one array for each output; the session closes them, and later parts of the step
   *     can change them
   */
  void evaluated(Node node, NDList values);
}
