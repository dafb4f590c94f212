package org.gantry.cli.console;

/** The command cannot do what the user asked for; nothing has been changed. */
public final class InvalidInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String fix;

  /**
   * Creates an exception.
   *
   * @param message names the place, what was found, and what was expected
   * @param fix how to correct it; empty if there is no advice
   */
  public InvalidInputException(String message, String fix) {
    this(message, "", fix, null);
  }

  /** Creates an exception with a cause. */
  public InvalidInputException(String message, String fix, Throwable cause) {
    this(message, "", fix, cause);
  }

  private InvalidInputException(String message, String expected, String fix, Throwable cause) {
    super(message, cause);
    this.expected = expected;
    this.fix = fix;
  }

  /**
   * Creates an exception about a value that is out of range.
   *
   * @param given the option and its value, such as {@code -n 0}
   * @param expected the expected value, such as {@code at least 1}
   */
  public static InvalidInputException expecting(String given, String expected, String fix) {
    return new InvalidInputException(given + ": expected " + expected, expected, fix, null);
  }

  /** A copy with the expected value, for a message that already names it in its own words. */
  public InvalidInputException withExpected(String right) {
    return new InvalidInputException(getMessage(), right, fix, getCause());
  }

  /** A copy with another fix. */
  public InvalidInputException withFix(String other) {
    return new InvalidInputException(getMessage(), expected, other, getCause());
  }

  /** The expected value as a phrase; empty if it is unknown. */
  String expected() {
    return expected;
  }

  public String fix() {
    return fix;
  }
}
