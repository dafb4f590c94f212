package org.gantry.components;

/**
 * Thrown when a declared component does not work or has been removed. The message names the
 * component and its bundle.
 */
public final class ComponentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean removed;

  /** Creates an exception with its cause, which may be null. */
  public ComponentException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private ComponentException(String message, Throwable cause, boolean removed) {
    super(message, cause);
    this.removed = removed;
  }

  /** Creates an exception for a component whose bundle was stopped in the meantime. */
  public static ComponentException removed(String message) {
    return new ComponentException(message, null, true);
  }

  /** Whether the component was removed, which is not a mistake of the component. */
  public boolean isRemoved() {
    return removed;
  }
}
