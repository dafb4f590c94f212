package org.gantry.cli;

/** What the user asked for cannot be done; nothing has been changed. */
final class WrongInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String fix;

  /**
   * Creates an exception.
   *
   * @param message where, what was found and what was expected
   * @param fix what to do about it; empty where nothing can be said
   */
  WrongInput(String message, String fix) {
    super(message);
    this.fix = fix;
  }

  /** Creates an exception about a failure whose message says it all. */
  WrongInput(String message, String fix, Throwable cause) {
    super(message, cause);
    this.fix = fix;
  }

  String fix() {
    return fix;
  }
}
