package org.gantry.testkit.contract;

/** A promise that cannot be tried on this component; the message says why. */
public final class NotApplicable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one with the reason, as a clause. */
  public NotApplicable(String reason) {
    super(reason);
  }
}
