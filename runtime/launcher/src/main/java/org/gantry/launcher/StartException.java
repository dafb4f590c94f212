package org.gantry.launcher;

/** A Gantry that does not start; the message says why, for whoever installed it. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with the failure behind it, if any. */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
