package org.gantry.training;

/**
 * A step produced a number that is not finite. It is thrown before the player's update, so the
 * parameters are still those of the last good step.
 */
public final class NonFiniteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String term;
  private final String node;
  private final transient ComponentOrigin contributor;
  private final long step;

  NonFiniteException(
      long step, String term, double value, String node, ComponentOrigin contributor) {
    super(
        "%s became %s in step %d; the first node that is not finite is %s, of %s (%s)"
            .formatted(term, value, step, node, contributor.label(), contributor.bundle()));
    this.step = step;
    this.term = term;
    this.node = node;
    this.contributor = contributor;
  }

  /** The step, from 0. */
  public long step() {
    return step;
  }

  /** The term that is not finite, as {@code player/term}, or {@code player/gradient}. */
  public String term() {
    return term;
  }

  /** The first node of the graph whose value is not finite. */
  public String node() {
    return node;
  }

  /** The component that added that node. */
  public ComponentOrigin contributor() {
    return contributor;
  }
}
