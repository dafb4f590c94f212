package org.gantry.launcher;

/** Gantry cannot start; the message has the reason. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception; the cause may be null. */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
