package org.gantry.runs;

/**
 * A run cannot be created, trained, resumed or used. The message is a sentence for the user and
 * names the path or the value at fault.
 */
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception whose message says everything. */
  public RunException(String message) {
    super(message);
  }

  /** Creates an exception with its cause, which the message already describes. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
