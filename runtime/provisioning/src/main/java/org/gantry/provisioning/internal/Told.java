package org.gantry.provisioning.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.gantry.provisioning.ProvisioningException;

/** Failures in few words. */
final class Told {

  private Told() {}

  /** What the exception at the bottom says, for those around it only say what was being done. */
  static String of(Throwable thrown) {
    Throwable root = thrown;
    // Those of our own making have said all.
    while (root.getCause() != null && !isOurs(root)) {
      root = root.getCause();
    }
    if (root instanceof NoSuchFileException e) {
      return "there is no " + e.getFile();
    } else if (root instanceof AccessDeniedException e) {
      return "access to " + e.getFile() + " is denied";
    }
    String name = root.getClass().getSimpleName();
    String said = root.getMessage();
    String message = said == null ? name : isOurs(root) ? said : name + ": " + said;
    return line(message);
  }

  private static boolean isOurs(Throwable thrown) {
    return thrown.getClass() == IOException.class || thrown instanceof ProvisioningException;
  }

  static String line(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
