package org.gantry.provisioning.internal.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.internal.plan.StateFiles;

/**
 * What a separate process tries, and its answer: two files in a folder of the process that asks.
 *
 * @param lockFile the file with the plugins to start instead of the current generation
 * @param plugins the names and versions of the plugins to check, by their hashes
 */
public record TrialRequest(Path lockFile, Map<String, String> plugins) {

  private static final String ANSWER = ".answer";

  /** The answer if all plugins work. */
  static final String WORKS = "works";

  /** Reads the request in a file. */
  public static TrialRequest read(Path file) throws IOException {
    List<String> lines = TextFiles.lines(file);
    try {
      Map<String, String> plugins = new LinkedHashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        int space = line.indexOf(' ');
        plugins.put(line.substring(0, space), line.substring(space + 1));
      }
      return new TrialRequest(Path.of(lines.get(0)), plugins);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException(file + " is not the request of a trial", e);
    }
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(lockFile + "\n");
    plugins.forEach((sha256, id) -> text.append(sha256).append(' ').append(id).append('\n'));
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Writes the answer to the request in a file: {@link #WORKS}, or why a plugin does not work. */
  static void answer(Path file, String sentence) throws IOException {
    StateFiles.write(answerFile(file), sentence.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the answer; empty if the process ended without one. */
  static Optional<String> readAnswer(Path file) throws IOException {
    Path answer = answerFile(file);
    return Files.exists(answer) ? Optional.of(TextFiles.read(answer)) : Optional.empty();
  }

  private static Path answerFile(Path file) {
    return file.resolveSibling(file.getFileName() + ANSWER);
  }
}
