package org.gantry.cli.workers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.host.support.ErrorText;
import org.gantry.runs.RunException;
import org.gantry.runs.RunWorkers;

/**
 * Reads the file {@code workers.jsonl} of a run: the starts of workers, lost workers, and notices.
 */
final class WorkerNotes {

  private final Path run;
  private int read;

  /** Reads the notes that are added from now on. */
  WorkerNotes(Path run) {
    this.run = run;
    read = entries().size();
  }

  /** The sentences since the last call. */
  List<String> next() {
    List<JsonNode> entries = entries();
    List<String> sentences = new ArrayList<>();
    for (JsonNode entry : entries.subList(Math.min(read, entries.size()), entries.size())) {
      sentence(entry).ifPresent(sentences::add);
    }
    read = entries.size();
    return sentences;
  }

  private static Optional<String> sentence(JsonNode entry) {
    String text = entry.path("text").asText();
    return switch (entry.path("event").asText()) {
      case "notice" -> Optional.of(text);
      case "lost" ->
          Optional.of(
              "%s; the training continues after step %d"
                  .formatted(text, entry.path("step").asLong()));
      default -> Optional.empty();
    };
  }

  private List<JsonNode> entries() {
    try {
      return RunWorkers.read(run).entries();
    } catch (IOException e) {
      throw new RunException("cannot read the notes about workers: " + ErrorText.of(e), e);
    }
  }
}
