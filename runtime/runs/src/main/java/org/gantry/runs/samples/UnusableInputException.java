package org.gantry.runs.samples;

/** A value that a user gives for samples or translations does not fit. Nothing was made. */
public final class UnusableInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String fix;

  /**
   * Creates an exception.
   *
   * @param message names the argument, what was found, and what was expected
   * @param fix how to correct it; empty if there is no advice
   */
  public UnusableInputException(String message, String fix) {
    this(message, fix, null);
  }

  /** Creates an exception with a cause. */
  public UnusableInputException(String message, String fix, Throwable cause) {
    super(message, cause);
    this.fix = fix;
  }

  /** Returns this problem with other advice. */
  public UnusableInputException withFix(String other) {
    return new UnusableInputException(getMessage(), other, getCause());
  }

  /** Returns how to correct the value; empty if there is no advice. */
  public String fix() {
    return fix;
  }
}
