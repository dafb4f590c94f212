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
 * The output file that an option names.
 *
 * @param option the option, for messages
 * @param path the file; replaced if it exists
 */
public record OutputFile(String option, Path path) {

  private static final String ELSEWHERE = "Name another file with ";

  /**
   * The extension of the file, in lower case.
   *
   * @param endings the allowed extensions, such as {@code .svg}
   * @throws InvalidInputException if the file has another extension
   */
  public String ending(List<String> endings) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return endings.stream()
        .filter(name::endsWith)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s %s: the file must end in %s"
                        .formatted(option, path, String.join(" or ", endings)),
                    ELSEWHERE + option + ", such as " + stem() + endings.get(0) + "."));
  }

  private String stem() {
    String name = path.toString();
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /**
   * Checks that the file can be written. Call it before a long computation of its content.
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
   * Writes a text atomically.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public void write(String text) {
    write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes the file atomically: the old file stays until the new one is complete.
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
