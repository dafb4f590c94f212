package org.gantry.launcher;

/** Why something failed, in few words. */
final class Reason {

  private Reason() {}

  /** What the exception at the bottom says: those around it only say what was being done. */
  static String of(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String name = root.getClass().getSimpleName();
    return root.getMessage() == null ? name : name + ": " + root.getMessage();
  }
}
