package org.gantry.cli;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The file that an option names to write to.
 *
 * @param option the option, as messages name it
 * @param path the file; replaced if it exists
 */
record OutputFile(String option, Path path) {

  private static final String ELSEWHERE = "Name another file with ";

  /**
   * The ending of the file's name, in lower case.
   *
   * @param endings the endings that there are, such as {@code .svg}
   * @throws WrongInput if it is none of these
   */
  String ending(List<String> endings) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return endings.stream()
        .filter(name::endsWith)
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInput(
                    "%s %s: the ending of the file is none of %s"
                        .formatted(option, path, String.join(", ", endings)),
                    ELSEWHERE + option + ", such as " + stem() + endings.get(0) + "."));
  }

  private String stem() {
    String name = path.toString();
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /**
   * Makes sure that the file can be written, before much time is spent on what goes into it.
   *
   * @throws WrongInput if its folder is missing or cannot be written to, or the file is a folder
   */
  OutputFile check() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw refused("it is a folder", null);
    } else if (!Files.isDirectory(folder)) {
      throw new WrongInput(
          "%s %s: there is no folder %s".formatted(option, path, folder),
          "Create the folder, or name another file with " + option + ".");
    } else if (!Files.isWritable(folder) || (Files.exists(path) && !Files.isWritable(path))) {
      throw refused("permission denied", null);
    }
    return this;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {

    /** Writes to a stream, which stays open. */
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes a text: all of it, or nothing.
   *
   * @throws WrongInput if it cannot be written
   */
  void write(String text) {
    write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes the file: all of it, or nothing. What was there before stays until all is written.
   *
   * @throws WrongInput if it cannot be written
   */
  void write(Content content) {
    check();
    // Not a temporary file of the system's: those are for the eyes of one person.
    Path aside = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileOutputStream file = new FileOutputStream(aside.toFile())) {
        OutputStream out = new BufferedOutputStream(file);
        content.to(out);
        out.flush();
        // Else a crash of the machine could leave the name without the content.
        file.getFD().sync();
      }
      Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(aside);
      throw refused(reason(e), e);
    } catch (RuntimeException e) {
      discard(aside);
      throw e;
    }
  }

  private static void discard(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      // The first failure is the one to report.
    }
  }

  private WrongInput refused(String reason, IOException cause) {
    return new WrongInput(
        "%s %s: the file cannot be written: %s".formatted(option, path, reason),
        ELSEWHERE + option + ".",
        cause);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
