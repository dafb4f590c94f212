package org.gantry.provisioning;

/** A change that is not made; the message says why, in a sentence. */
public final class ProvisioningException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean wrongInput;
  private final String fix;

  /**
   * Creates an exception.
   *
   * @param wrongInput whether what was asked for cannot be done, rather than could not this time
   * @param fix what to do about it; empty where nothing can be said
   */
  public ProvisioningException(boolean wrongInput, String message, String fix, Throwable cause) {
    super(message, cause);
    this.wrongInput = wrongInput;
    this.fix = fix;
  }

  /** What was asked for cannot be done. */
  public static ProvisioningException refused(String message, String fix) {
    return new ProvisioningException(true, message, fix, null);
  }

  /** It should have worked and did not. */
  public static ProvisioningException failed(String message, Throwable cause) {
    return new ProvisioningException(false, message, "", cause);
  }

  /** Whether what was asked for cannot be done, rather than could not this time. */
  public boolean wrongInput() {
    return wrongInput;
  }

  /** What to do about it; may be empty. */
  public String fix() {
    return fix;
  }
}
