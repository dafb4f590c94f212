package org.gantry.training;

/**
 * A training that has produced a number that is none. Thrown before the update that would have
 * spread it, so the parameters are those of the last good step.
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

  /** The step, from 0, in which it happened. */
  public long step() {
    return step;
  }

  /** The term in which it showed, as {@code player/term}, or {@code player/gradient}. */
  public String term() {
    return term;
  }

  /** The first node of the graph whose value is not finite. */
  public String node() {
    return node;
  }

  /** The component behind that node. */
  public ComponentOrigin contributor() {
    return contributor;
  }
}
