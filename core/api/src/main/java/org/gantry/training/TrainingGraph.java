package org.gantry.training;

import java.util.List;

/**
 * A composition that fits: every role filled, every port and shape agreed, every trainable network
 * reached by a term. No parameter exists yet.
 */
public final class TrainingGraph {

  private TrainingGraph() {}

  /**
   * Builds and checks the graph. Starts the engine, because shapes of functions are found by trying
   * them on zeros.
   *
   * @throws CompositionException if something does not fit
   */
  public static TrainingGraph build(Composition composition) {
    throw new UnsupportedOperationException();
  }

  /** The composition. */
  public Composition composition() {
    throw new UnsupportedOperationException();
  }

  /** The nodes, inputs before their readers. */
  public List<Node> nodes() {
    throw new UnsupportedOperationException();
  }

  /** The roles in the order declared. */
  public List<String> roles() {
    throw new UnsupportedOperationException();
  }

  /** The players in the order of their phases. */
  public List<String> players() {
    throw new UnsupportedOperationException();
  }

  /** What one step does. Sizes are found by allocating the networks for a moment. */
  public Plan plan() {
    throw new UnsupportedOperationException();
  }
}
