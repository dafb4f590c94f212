package org.gantry.embedded;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Finds the folder of an installation that the program does not name. */
final class InstallationFolder {

  private static final String FIX =
      "Set %s to the folder of an installation, or call EmbeddedGantry.open(Path)."
          .formatted(EmbeddedGantry.HOME_VARIABLE);

  private InstallationFolder() {}

  /**
   * Returns the folder.
   *
   * @param named the value of the environment variable; may be null
   * @param type a class whose jar may be in the folder {@code lib} of an installation
   * @throws GantryException if there is none
   */
  static Path find(String named, Class<?> type) {
    if (named == null || named.isBlank()) {
      return around(type);
    }
    try {
      return Path.of(named);
    } catch (InvalidPathException e) {
      throw new GantryException(
          "%s is '%s', which is not a path".formatted(EmbeddedGantry.HOME_VARIABLE, named), FIX, e);
    }
  }

  private static Path around(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      Path folder = source == null ? null : Path.of(source.getLocation().toURI()).getParent();
      if (folder != null && folder.endsWith("lib") && isInstallation(folder.getParent())) {
        return folder.getParent();
      }
    } catch (URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException notInAFile) {
      // The class is within an archive of the program, so the program has to name the folder.
      throw new GantryException("no installation of Gantry is named", FIX, notInAFile);
    }
    throw new GantryException("no installation of Gantry is named", FIX, null);
  }

  /** Whether a folder has the parts of an installation. */
  static boolean isInstallation(Path home) {
    return home != null
        && Files.isDirectory(home.resolve("lib"))
        && Files.isDirectory(home.resolve("bundles"));
  }
}
