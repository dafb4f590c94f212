package org.gantry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The release that this build packed. */
final class ReleaseFolder {

  private static final long LIMIT_SECONDS = 500;

  private ReleaseFolder() {}

  /** The result of a program. */
  record ProgramResult(int exitCode, String out, String err) {}

  static Path file(String name) {
    return Path.of(System.getProperty("release.folder"), name);
  }

  static Path product() {
    return Path.of(System.getProperty("release.product"));
  }

  static Path runtime() {
    return Path.of(System.getProperty("release.runtime"));
  }

  /** The name of an archive without its ending. */
  static String base(String platform) {
    return "gantry-" + System.getProperty("release.version") + "-" + platform;
  }

  /** The platform that built the release. */
  static ReleasePlatform platform() {
    return ReleasePlatform.ofEngine(System.getProperty("release.platform"));
  }

  /** Runs a program with no variable but the given ones. */
  static ProgramResult run(Path folder, Map<String, String> environment, String... words)
      throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(words)))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("no end: " + Files.readString(out) + Files.readString(err));
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    return new ProgramResult(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
