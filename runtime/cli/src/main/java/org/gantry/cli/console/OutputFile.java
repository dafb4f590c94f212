package org.gantry.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;

/**
 * The file that an option names to write to.
 *
 * @param option the option, as messages name it
 * @param path the file; replaced if it exists
 */
public record OutputFile(String option, Path path) {

  private static final String ELSEWHERE = "Name another file with ";

  /**
   * The ending of the file's name, in lower case.
   *
   * @param endings the endings that there are, such as {@code .svg}
   * @throws InvalidInputException if it is none of these
   */
  public String ending(List<String> endings) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return endings.stream()
        .filter(name::endsWith)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
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
   * @throws InvalidInputException if its folder is missing or cannot be written to, or the file is
   *     a folder
   */
  public OutputFile requireWritable() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw refused("it is a folder", null);
    } else if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s %s: there is no folder %s".formatted(option, path, folder),
          "Create the folder, or name another file with " + option + ".");
    } else if (!Files.isWritable(folder) || (Files.exists(path) && !Files.isWritable(path))) {
      throw refused("permission denied", null);
    }
    return this;
  }

  /**
   * Writes a text: all of it, or nothing.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public void write(String text) {
    write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes the file: all of it, or nothing. What was there before stays until all is written.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public void write(AtomicFiles.Content content) {
    requireWritable();
    try {
      AtomicFiles.write(path, content);
    } catch (AccessDeniedException e) {
      throw refused("permission denied", e);
    } catch (IOException e) {
      throw refused(ErrorText.of(e), e);
    }
  }

  private InvalidInputException refused(String reason, IOException cause) {
    return new InvalidInputException(
        "%s %s: the file cannot be written: %s".formatted(option, path, reason),
        ELSEWHERE + option + ".",
        cause);
  }
}
