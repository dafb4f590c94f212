package org.gantry.cli.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.host.EngineLibrary;
import org.gantry.host.support.ErrorText;

/** Finds the engine's libraries in a folder of the user, and what they are. */
final class LibraryFolder {

  /** The library that all builds have, by platform. */
  private static final List<String> MAIN_LIBRARIES =
      List.of("libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib");

  /** What the part of the engine that Gantry brings can call. */
  private static final List<String> FLAVOURS = List.of("cpu", "cu128");

  private static final Pattern ARCHIVE_VERSION =
      Pattern.compile("\\s*(\\d[\\w.]*)(\\+(\\w+))?\\s*");
  private static final Pattern WHEEL_VERSION =
      Pattern.compile("(?m)^__version__\\s*=\\s*'(\\d[\\w.]*)(\\+(\\w+))?'");

  private LibraryFolder() {}

  /**
   * Inspects a folder.
   *
   * @param folder the libraries, or a folder whose part {@code lib} has them: an unpacked archive
   *     of libtorch, or the folder {@code torch} of a Python environment
   * @param needed the version that fits this product
   * @throws InvalidInputException if the folder has no libraries, or they do not fit
   */
  static EngineLibrary inspect(Path folder, String needed) {
    Path libraries =
        Stream.of(folder, folder.resolve("lib"))
            .filter(LibraryFolder::hasLibraries)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s has none of the libraries %s"
                            .formatted(folder, String.join(", ", MAIN_LIBRARIES)),
                        "Name the unpacked folder of libtorch %s, or the folder torch of a Python environment that has it."
                            .formatted(needed)))
            .toAbsolutePath()
            .normalize();
    Matcher version =
        version(libraries)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "next to %s there is neither a file build-version nor a file version.py, so the version of the libraries is unknown"
                            .formatted(libraries),
                        "Unpack the whole archive of libtorch %s, with its file build-version."
                            .formatted(needed)));
    if (!version.group(1).equals(needed)) {
      throw new InvalidInputException(
          "the libraries in %s are version %s, and this product needs version %s"
              .formatted(libraries, version.group(1), needed),
          "Unpack libtorch %s.".formatted(needed));
    }
    String flavour = version.group(3) == null ? "cpu" : version.group(3);
    if (!FLAVOURS.contains(flavour)) {
      throw new InvalidInputException(
          "the libraries in %s are built for %s, and this product can use those for %s"
              .formatted(libraries, flavour, String.join(" and ", FLAVOURS)),
          "Unpack a build of libtorch %s for one of them.".formatted(needed));
    }
    return new EngineLibrary(libraries, needed, flavour);
  }

  private static boolean hasLibraries(Path folder) {
    return MAIN_LIBRARIES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  private static Optional<Matcher> version(Path libraries) {
    Path above = libraries.getParent();
    return version(above.resolve("build-version"), ARCHIVE_VERSION)
        .or(() -> version(libraries.resolve("build-version"), ARCHIVE_VERSION))
        .or(() -> version(above.resolve("version.py"), WHEEL_VERSION));
  }

  private static Optional<Matcher> version(Path file, Pattern pattern) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher.find() ? Optional.of(matcher) : Optional.empty();
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + ErrorText.of(e), "");
    }
  }
}
