package org.gantry.runs;

/**
 * A run that cannot be created, continued or used. The message is a sentence for the person at the
 * terminal, with the path or the value that is at fault.
 */
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception that says everything in its message. */
  public RunException(String message) {
    super(message);
  }

  /** Creates an exception with the failure behind it, which the message already describes. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
