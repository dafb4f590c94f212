package org.gantry.serving.internal.model;

/**
 * The turn of a request did not come in time, or the model is being closed; it can be sent again.
 */
public final class OverloadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a sentence about the reason. */
  public OverloadException(String message) {
    super(message);
  }
}
