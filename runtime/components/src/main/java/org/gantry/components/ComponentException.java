package org.gantry.components;

/** A component that is declared but does not work; the message names it and its bundle. */
public final class ComponentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with the failure behind it, if any. */
  public ComponentException(String message, Throwable cause) {
    super(message, cause);
  }
}
