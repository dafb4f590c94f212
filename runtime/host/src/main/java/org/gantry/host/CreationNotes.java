package org.gantry.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.gantry.host.support.TextFiles;

/**
 * Notes which components a watched process creates, so that the watching process can name them if a
 * plugin ends the process without a trace.
 *
 * @param file the file of the notes
 */
public record CreationNotes(Path file) {

  private static final String EXTENSION = ".created";

  /** The notes next to the file in which a process announces its exit code. */
  public static CreationNotes of(Path endFile) {
    return new CreationNotes(endFile.resolveSibling(endFile.getFileName() + EXTENSION));
  }

  /** The notes of this process; empty if no process watches it. */
  public static Optional<CreationNotes> ofThisProcess() {
    return Optional.ofNullable(System.getenv(CommandInvocation.END_FILE))
        .map(Path::of)
        .map(CreationNotes::of);
  }

  /** Notes a component, such as {@code loss/acme of org.acme.losses 1.0.0}. */
  public void add(String component) {
    try {
      Files.writeString(
          file,
          component + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The message then names the plugins only.
      return;
    }
  }

  /** The noted components, in order. */
  public List<String> components() {
    try {
      return TextFiles.lines(file).stream().distinct().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
