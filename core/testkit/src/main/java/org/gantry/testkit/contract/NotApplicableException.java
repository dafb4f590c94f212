package org.gantry.testkit.contract;

/** A promise that cannot be tried on this component; the message says why. */
public final class NotApplicableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one with the reason, as a clause. */
  public NotApplicableException(String reason) {
    super(reason);
  }
}
