package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.recipes.text.JsonFiles;

/**
 * The record of the workers that trained a run, in its file {@value #FILE}: one line for each start
 * of workers, each lost worker, and each notice about them.
 *
 * @param entries in order; empty if the run was trained on one machine
 */
public record RunWorkers(List<JsonNode> entries) {

  /** The name of the file in the folder of the run. */
  public static final String FILE = "workers.jsonl";

  /** Copies the list. */
  public RunWorkers {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the file.
   *
   * @param run the folder of the run
   */
  public static RunWorkers read(Path run) throws IOException {
    Path file = run.resolve(FILE);
    return new RunWorkers(Files.exists(file) ? JsonFiles.lines(file) : List.of());
  }

  /** The latest workers and how many were lost, by name; empty without workers. */
  public Map<String, String> summary() {
    Map<String, String> summary = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      if (isEvent(entry, "started")) {
        summary.put("workers", entry.path("workers").asText());
        summary.put("workers on", entry.path("on").asText());
        summary.put("workers strategy", entry.path("strategy").asText());
      }
    }
    long lost = entries.stream().filter(entry -> isEvent(entry, "lost")).count();
    if (lost > 0) {
      summary.put("workers lost", Long.toString(lost));
    }
    return summary;
  }

  private static boolean isEvent(JsonNode entry, String event) {
    return entry.path("event").asText().equals(event);
  }
}
