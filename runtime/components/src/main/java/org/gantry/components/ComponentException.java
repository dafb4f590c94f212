package org.gantry.components;

/**
 * A component that is declared but does not work, or is not there any more; the message names it
 * and its bundle.
 */
public final class ComponentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean gone;

  /** Creates an exception with the failure behind it, if any. */
  public ComponentException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private ComponentException(String message, Throwable cause, boolean gone) {
    super(message, cause);
    this.gone = gone;
  }

  /** A component whose bundle was stopped between two looks at it. */
  public static ComponentException gone(String message) {
    return new ComponentException(message, null, true);
  }

  /** Whether it is not there any more, which is nobody's mistake. */
  public boolean gone() {
    return gone;
  }
}
