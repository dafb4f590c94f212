package org.gantry.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkFiles;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.embedded.GantryException;
import org.gantry.host.support.Sha256;

/**
 * The installation that a process of Spark has opened. It stays open until the process ends,
 * because native libraries load once. The plugins of its user do not count; the training brings its
 * own.
 */
final class ProcessInstallation {

  /** The name under which Spark unpacks an installation that was sent. */
  static final String SENT = "gantry-installation";

  private static final ProcessInstallation HERE = new ProcessInstallation();

  private final Set<String> loaded = new HashSet<>();
  private EmbeddedGantry gantry;

  private ProcessInstallation() {}

  /** The one of this process. */
  static ProcessInstallation here() {
    return HERE;
  }

  /**
   * Opens the installation, unless it is open, and loads the plugins of a training, unless they are
   * loaded.
   *
   * @throws GantryException if the installation is missing, or a plugin is missing or corrupt
   */
  synchronized EmbeddedGantry open(TrainingJob job) {
    if (gantry == null) {
      gantry = EmbeddedGantry.open(home(job), newState());
    }
    for (Map.Entry<String, String> plugin : job.plugins().entrySet()) {
      if (!loaded.contains(plugin.getKey())) {
        gantry.loadPlugin(verified(plugin.getKey()));
        loaded.add(plugin.getKey());
      }
    }
    return gantry;
  }

  private static Path home(TrainingJob job) {
    String named = System.getenv(EmbeddedGantry.HOME_VARIABLE);
    if (job.shipsInstallation()) {
      return Path.of(SparkFiles.get(SENT));
    }
    Path home = Path.of(named == null || named.isBlank() || job.isLocal() ? job.home() : named);
    if (!Files.isDirectory(home.resolve("bundles"))) {
      throw new GantryException(
          "this machine has no installation of Gantry at " + home,
          "Add --ship to send it to the workers, or set %s for them."
              .formatted(EmbeddedGantry.HOME_VARIABLE),
          null);
    }
    return home;
  }

  private static Path newState() {
    try {
      // Spark removes this folder after the training.
      return Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "gantry-worker");
    } catch (IOException e) {
      throw new GantryException("a worker cannot write temporary files: " + e.getMessage(), "", e);
    }
  }

  /** A plugin that Spark has sent, whose content has the hash of its name. */
  private static Path verified(String sha256) {
    Path jar = Path.of(SparkFiles.get(fileName(sha256)));
    if (!Files.isRegularFile(jar)) {
      throw new GantryException(
          "the plugin with the SHA-256 %s has not arrived at this worker".formatted(sha256),
          "",
          null);
    } else if (!sha256(jar).equals(sha256)) {
      throw new GantryException(
          "the plugin with the SHA-256 %s is corrupt (checksum mismatch)".formatted(sha256),
          "",
          null);
    }
    return jar;
  }

  /** The name of a plugin's jar while it is sent. */
  static String fileName(String sha256) {
    return sha256 + ".jar";
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new GantryException("cannot read " + file + ": " + e.getMessage(), "", e);
    }
  }
}
