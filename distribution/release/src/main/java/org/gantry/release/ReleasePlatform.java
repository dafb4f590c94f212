package org.gantry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.release.ArchiveWriter.ArchiveFormat;

/** A kind of machine that the engine has native libraries for. */
enum ReleasePlatform {
  LINUX_X86_64("linux-x86_64", "linux-x86_64", "amd64", ArchiveFormat.TAR_GZ),
  LINUX_AARCH64("linux-aarch64", "linux-aarch64", "arm64", ArchiveFormat.TAR_GZ),
  OSX_AARCH64("osx-aarch64", "osx-aarch64", "", ArchiveFormat.TAR_GZ),
  WINDOWS_X86_64("windows-x86_64", "win-x86_64", "", ArchiveFormat.ZIP);

  private final String label;
  private final String engineName;
  private final String debianName;
  private final ArchiveFormat format;

  ReleasePlatform(String label, String engineName, String debianName, ArchiveFormat format) {
    this.debianName = debianName;
    this.label = label;
    this.engineName = engineName;
    this.format = format;
  }

  /** The platform that the engine calls by a name. */
  static ReleasePlatform ofEngine(String name) {
    return Stream.of(values())
        .filter(platform -> platform.engineName.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Gantry has no release for " + name));
  }

  /** The name in file names. */
  String label() {
    return label;
  }

  /** The architecture as Debian and container images name it; empty if it is not Linux. */
  String debianName() {
    return debianName;
  }

  /** What users of the platform unpack. */
  ArchiveFormat format() {
    return format;
  }

  /** The jar with the engine's native libraries, in a folder with those of all platforms. */
  Path engine(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> own =
          files.filter(file -> file.toString().endsWith("-" + engineName + ".jar")).toList();
      if (own.size() != 1) {
        throw new IOException(
            "%s has %d engines for %s; it needs one".formatted(folder, own.size(), label));
      }
      return own.get(0);
    }
  }
}
