package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunFolder;

/**
 * What a training reports of its steps: a file of JSON lines, and the same once more for
 * TensorBoard. The lines are the original. The other is made from them whenever a training begins,
 * so that it needs no care when a training ends badly.
 */
final class MetricHistory implements AutoCloseable {

  private final JsonLines lines;
  private final EventFile events;
  private final double created;

  private MetricHistory(JsonLines lines, EventFile events, double created) {
    this.lines = lines;
    this.events = events;
    this.created = created;
  }

  /**
   * Opens the history of a run at its end.
   *
   * @param created when the run began; an event is dated by the time spent training since, so that
   *     a clock that is set, or a pause, leaves no trace
   */
  static MetricHistory open(RunFolder folder, Instant created) throws IOException {
    double start = created.toEpochMilli() / 1e3;
    JsonLines lines = JsonLines.append(folder.metrics());
    try {
      EventFile events = EventFile.create(folder.events(), start);
      MetricHistory history = new MetricHistory(lines, events, start);
      try {
        history.repeat(folder.metrics());
        return history;
      } catch (IOException e) {
        events.close();
        throw e;
      }
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  private void repeat(Path metrics) throws IOException {
    if (Files.size(metrics) == 0) {
      return;
    }
    try (BufferedReader reader = reader(metrics)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Optional<JsonNode> line = JsonFiles.parseLine(text).filter(node -> node.has("values"));
        if (line.isPresent()) {
          addEvent(line.get());
        }
      }
    }
  }

  /** Adds what a step gave. */
  void add(long step, double seconds, Map<String, Double> values) throws IOException {
    ObjectNode line = RunRecords.metrics(step, seconds, values);
    lines.add(line);
    addEvent(line);
  }

  private void addEvent(JsonNode line) throws IOException {
    events.add(
        line.path("step").asLong(), created + line.path("seconds").asDouble(), line.path("values"));
  }

  /** Makes everything added so far last. */
  void sync() throws IOException {
    lines.sync();
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      events.close();
    }
  }

  /**
   * Takes back the lines of steps after one, and what is no whole line.
   *
   * @param file of lines that each have a {@code step}; need not exist
   * @return the greatest {@code seconds} that are left, or 0
   */
  static double cut(Path file, long step) throws IOException {
    return keep(file, node -> node.path("step").asLong(Long.MAX_VALUE) <= step);
  }

  /**
   * Takes back the lines on troubles after so many of them.
   *
   * @param file of lines of which those on troubles have a {@code number}; need not exist
   */
  static void cutEvents(Path file, long events) throws IOException {
    keep(file, node -> node.path("number").asLong(0) <= events);
  }

  private static double keep(Path file, Predicate<JsonNode> kept) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    double seconds = 0;
    Path aside = AtomicFiles.partial(file);
    try {
      try (BufferedReader reader = reader(file);
          BufferedWriter writer = Files.newBufferedWriter(aside)) {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          Optional<JsonNode> line = JsonFiles.parseLine(text).filter(kept);
          if (line.isPresent()) {
            seconds = Math.max(seconds, line.get().path("seconds").asDouble());
            writer.write(text + "\n");
          }
        }
      }
      AtomicFiles.syncTree(aside);
      AtomicFiles.move(aside, file);
    } catch (IOException e) {
      Files.deleteIfExists(aside);
      throw e;
    }
    return seconds;
  }

  /** Reads what is no text as well as it goes, unlike {@link Files#newBufferedReader}. */
  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }
}
