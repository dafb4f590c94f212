package org.gantry.cli.console;

/** What the user asked for cannot be done; nothing has been changed. */
public final class InvalidInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String fix;

  /**
   * Creates an exception.
   *
   * @param message where, what was found and what was expected
   * @param fix what to do about it; empty where nothing can be said
   */
  public InvalidInputException(String message, String fix) {
    this(message, "", fix, null);
  }

  /** Creates an exception about a failure whose message says it all. */
  public InvalidInputException(String message, String fix, Throwable cause) {
    this(message, "", fix, cause);
  }

  private InvalidInputException(String message, String expected, String fix, Throwable cause) {
    super(message, cause);
    this.expected = expected;
    this.fix = fix;
  }

  /**
   * Something else was expected.
   *
   * @param given what was given, such as {@code -n 0}
   * @param expected what would have been right, such as {@code at least 1}
   */
  public static InvalidInputException expecting(String given, String expected, String fix) {
    return new InvalidInputException(
        given + ": " + expected + " was expected", expected, fix, null);
  }

  /** The same with what would have been right, where the message says so in its own words. */
  public InvalidInputException withExpected(String right) {
    return new InvalidInputException(getMessage(), right, fix, getCause());
  }

  /** What would have been right, as a phrase; empty where nothing can be said. */
  String expected() {
    return expected;
  }

  String fix() {
    return fix;
  }
}
