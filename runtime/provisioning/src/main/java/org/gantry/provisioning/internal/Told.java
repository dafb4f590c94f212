package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Failures in few words. */
final class Told {

  private Told() {}

  /** What the exception at the bottom says, for those around it only say what was being done. */
  static String of(Throwable thrown) {
    Throwable root = thrown;
    // A plain one is of our own making and has said all.
    while (root.getCause() != null && root.getClass() != IOException.class) {
      root = root.getCause();
    }
    if (root instanceof NoSuchFileException e) {
      return "there is no " + e.getFile();
    } else if (root instanceof AccessDeniedException e) {
      return "access to " + e.getFile() + " is denied";
    }
    String name = root.getClass().getSimpleName();
    String said = root.getMessage();
    String message =
        said == null ? name : root.getClass() == IOException.class ? said : name + ": " + said;
    return line(message);
  }

  static String line(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
