package org.gantry.embedded;

/**
 * One problem, in the words that the command prints.
 *
 * @param where the file with line and column, or the change; or empty
 * @param message one line with what was found and what was expected
 * @param expected the expected value as a phrase; or empty
 * @param fix one line on how to correct it; or empty
 */
public record GantryProblem(String where, String message, String expected, String fix) {

  /** The place and the message, and the fix in a second line. */
  @Override
  public String toString() {
    String sentence = where.isEmpty() ? message : where + ": " + message;
    return fix.isEmpty() ? sentence : sentence + System.lineSeparator() + "  fix: " + fix;
  }
}
