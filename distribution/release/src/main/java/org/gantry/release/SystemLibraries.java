package org.gantry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Libraries of the operating system that a run time needs. A JDK of a Linux distribution has them
 * outside of its folder, and the user's machine may not. The C library itself is on every machine.
 */
final class SystemLibraries {

  /** Those of the C library, which must fit the kernel and one another. */
  private static final Pattern C_LIBRARY =
      Pattern.compile("(libc|libm|libdl|libpthread|librt|libresolv|libutil|ld-linux.*)\\.so.*");

  /** Parts of the run time for screens and sound, of which Gantry has none. */
  private static final Set<String> UNUSED =
      Set.of("libawt_xawt.so", "libjawt.so", "libjsound.so", "libsplashscreen.so");

  /**
   * The file with the packages of the libraries, below the run time: a name and a version a line.
   */
  static final String LIST = "legal/system/packages.txt";

  private SystemLibraries() {}

  /** Copies the libraries into a run time, with the texts of their licences. */
  static void addTo(Path runtime) throws IOException {
    Path lib = runtime.resolve("lib");
    for (String name : UNUSED) {
      Files.deleteIfExists(lib.resolve(name));
    }
    Set<String> packages = new TreeSet<>();
    for (Map.Entry<String, Path> library : needed(lib).entrySet()) {
      Files.copy(
          library.getValue().toRealPath(),
          lib.resolve(library.getKey()),
          StandardCopyOption.REPLACE_EXISTING);
      packages.add(copyLicence(library.getValue(), runtime.resolve("legal/system")));
    }
    if (!packages.isEmpty()) {
      Files.writeString(runtime.resolve(LIST), String.join("\n", packages) + "\n");
    }
  }

  /** The libraries outside of the run time, by the name that others know them by. */
  private static Map<String, Path> needed(Path lib) throws IOException {
    Map<String, Path> needed = new TreeMap<>();
    for (Path part : own(lib)) {
      // A line: libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x00007f)
      for (String line : ProcessOutput.of(List.of("ldd", part.toString())).split("\n", -1)) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length >= 3 && words[1].equals("=>") && words[2].startsWith("/")) {
          Path file = Path.of(words[2]);
          if (!C_LIBRARY.matcher(words[0]).matches() && !file.startsWith(lib.toRealPath())) {
            needed.put(words[0], file);
          }
        }
      }
    }
    return needed;
  }

  private static List<Path> own(Path lib) throws IOException {
    try (Stream<Path> files = Files.walk(lib)) {
      return files.filter(file -> file.toString().endsWith(".so")).sorted().toList();
    }
  }

  /** Copies the licence of the Debian package that a file belongs to; returns name and version. */
  private static String copyLicence(Path file, Path folder) throws IOException {
    String found = ProcessOutput.of(List.of("dpkg", "-S", "*" + file.toRealPath().getFileName()));
    // A line: zlib1g:amd64: /lib/x86_64-linux-gnu/libz.so.1.2.13
    String[] words = found.split(": ", 2);
    String owner = words[0].replaceFirst(":.*", "");
    Path licence = Path.of("/usr/share/doc", owner, "copyright");
    if (!Files.isRegularFile(licence)) {
      throw new IOException(
          "the licence of %s is not at %s; build with a JDK that needs no library of the system"
              .formatted(file, licence));
    }
    Files.createDirectories(folder);
    Files.copy(licence, folder.resolve(owner + ".txt"), StandardCopyOption.REPLACE_EXISTING);
    return ProcessOutput.of(
        List.of("dpkg-query", "--show", "--showformat=${Package} ${Version}", words[0]));
  }
}
