package org.gantry.provisioning;

/** A change of the plugins is impossible or failed; the message is a sentence with the reason. */
public final class ProvisioningException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean wrongInput;
  private final String fix;

  /**
   * Creates an exception.
   *
   * @param wrongInput whether the request is wrong, so that repeating it cannot help
   * @param fix what the user can do; may be empty
   * @param cause may be null
   */
  public ProvisioningException(boolean wrongInput, String message, String fix, Throwable cause) {
    super(message, cause);
    this.wrongInput = wrongInput;
    this.fix = fix;
  }

  /** A request that is wrong, so that repeating it cannot help. */
  public static ProvisioningException refused(String message, String fix) {
    return new ProvisioningException(true, message, fix, null);
  }

  /** A correct request that failed. */
  public static ProvisioningException failed(String message, Throwable cause) {
    return new ProvisioningException(false, message, "", cause);
  }

  /** Whether the request is wrong, so that repeating it cannot help. */
  public boolean wrongInput() {
    return wrongInput;
  }

  /** What the user can do; may be empty. */
  public String fix() {
    return fix;
  }
}
