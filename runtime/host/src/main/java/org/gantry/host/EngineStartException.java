package org.gantry.host;

/** The tensor engine cannot start, for a reason that the user can remove. */
public final class EngineStartException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String fix;

  /**
   * Creates an exception.
   *
   * @param message what does not work, as a clause
   * @param fix what to do about it, as a sentence
   */
  public EngineStartException(String message, String fix, Throwable cause) {
    super(message, cause);
    this.fix = fix;
  }

  /** What to do about it, as a sentence. */
  public String fix() {
    return fix;
  }
}
