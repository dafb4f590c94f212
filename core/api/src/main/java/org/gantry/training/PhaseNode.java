package org.gantry.training;

/** One node in one phase of a step. */
public final class PhaseNode {

  /** Stands for the phase itself as the source of a value. */
  static final int EVALUATED = -1;

  private final GraphNode node;
  private final int source;
  private final boolean recorded;
  private final boolean trained;
  private final boolean leaf;
  private final boolean kept;
  private final boolean frozen;

  /**
   * Creates the entry of a node in a phase.
   *
   * @param source the earlier phase whose value is reused, or {@link #EVALUATED}
   * @param recorded whether the evaluation is recorded for gradients
   * @param trained whether it is recorded for the parameters that the node itself uses
   * @param leaf whether a gradient inside the graph is taken with respect to the value
   * @param kept whether a later phase reuses the value
   * @param frozen whether the phase evaluates a network of another player
   */
  PhaseNode(
      GraphNode node,
      int source,
      boolean recorded,
      boolean trained,
      boolean leaf,
      boolean kept,
      boolean frozen) {
    this.node = node;
    this.source = source;
    this.recorded = recorded;
    this.trained = trained;
    this.leaf = leaf;
    this.kept = kept;
    this.frozen = frozen;
  }

  /** The node. */
  public Node node() {
    return node;
  }

  /** The node with its operation. */
  GraphNode graphNode() {
    return node;
  }

  /** Whether the phase reuses the value of an earlier phase instead of evaluating the node. */
  public boolean reused() {
    return source != EVALUATED;
  }

  /** Whether the evaluation is recorded for gradients. */
  public boolean recorded() {
    return recorded;
  }

  /** Whether a later phase reuses the value. */
  public boolean kept() {
    return kept;
  }

  /** Whether this is a network that takes part without a gradient of its own. */
  public boolean frozen() {
    return frozen;
  }

  /** The number of the phase whose value is reused. */
  int source() {
    return source;
  }

  /** Whether the evaluation is recorded for the parameters that the node itself uses. */
  boolean trained() {
    return trained;
  }

  /** Whether a gradient inside the graph is taken with respect to the value. */
  boolean leaf() {
    return leaf;
  }
}
