package org.gantry.recipes.internal.edit;

/** Thrown when a change cannot be applied to a recipe. */
final class EditRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String fix;

  /** Creates a refusal with a message and the nearest fix, both as sentences. */
  EditRefusedException(String message, String fix) {
    super(message);
    this.fix = fix;
  }

  /** What to do instead. */
  String fix() {
    return fix;
  }
}
