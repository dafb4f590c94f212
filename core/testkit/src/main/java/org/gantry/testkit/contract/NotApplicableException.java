package org.gantry.testkit.contract;

/** Thrown by a check whose promise does not apply to the component. The message says why. */
public final class NotApplicableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with the reason, as a clause. */
  public NotApplicableException(String reason) {
    super(reason);
  }
}
