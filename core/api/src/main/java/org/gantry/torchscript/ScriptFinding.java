package org.gantry.torchscript;

/**
 * Something in a script that a network does not need.
 *
 * @param file the record
 * @param line counted from 1
 * @param name the name that the user can allow
 * @param reason a sentence
 */
record ScriptFinding(String file, int line, String name, String reason) {

  @Override
  public String toString() {
    return "%s:%d: %s".formatted(file, line, reason);
  }
}
