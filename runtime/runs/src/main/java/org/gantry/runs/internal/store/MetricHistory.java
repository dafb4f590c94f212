package org.gantry.runs.internal.store;

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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunFolder;

/**
 * The metrics of a training, in {@code metrics.jsonl} and in an event file for TensorBoard. The
 * JSON lines are authoritative: the event file is written again from them whenever a training
 * begins, so it cannot be left damaged.
 */
public final class MetricHistory implements AutoCloseable {

  /** The name of the pictures in TensorBoard. */
  private static final String PICTURES = "samples";

  private final JsonLines lines;
  private final EventFile events;
  private final double created;

  /** The training time of the last line, which is also that of the pictures after it. */
  private double seconds;

  private MetricHistory(JsonLines lines, EventFile events, double created) {
    this.lines = lines;
    this.events = events;
    this.created = created;
  }

  /**
   * Opens the metrics of a run at their end.
   *
   * @param created when the run began. The time of an event is this plus the training time, so
   *     pauses and changes of the clock do not show.
   */
  public static MetricHistory open(RunFolder folder, Instant created) throws IOException {
    double start = created.toEpochMilli() / 1e3;
    JsonLines lines = JsonLines.append(folder.metrics());
    try {
      EventFile events = EventFile.create(folder.events(), start);
      MetricHistory history = new MetricHistory(lines, events, start);
      try {
        history.copyToEvents(folder.metrics(), SampleFiles.bySteps(folder.samples()));
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

  /** Writes the events of all lines, and of each picture before the lines of later steps. */
  private void copyToEvents(Path metrics, NavigableMap<Long, Path> pictures) throws IOException {
    NavigableMap<Long, Path> left = new TreeMap<>(pictures);
    if (Files.size(metrics) == 0) {
      // A new file, or a device such as /dev/full, whose content would never end.
      addPictures(left, Long.MAX_VALUE);
      return;
    }
    try (BufferedReader reader = reader(metrics)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Optional<JsonNode> line = JsonFiles.parseLine(text).filter(node -> node.has("values"));
        if (line.isPresent()) {
          addPictures(left, line.get().path("step").asLong());
          addEvent(line.get());
        }
      }
    }
    addPictures(left, Long.MAX_VALUE);
  }

  /** Adds the pictures of earlier steps than a given one, and removes them from the map. */
  private void addPictures(NavigableMap<Long, Path> left, long step) throws IOException {
    while (!left.isEmpty() && left.firstKey() < step) {
      Map.Entry<Long, Path> picture = left.pollFirstEntry();
      addPicture(picture.getKey(), picture.getValue());
    }
  }

  /** Adds a picture of samples to the events; it is not part of the JSON lines. */
  public void addPicture(long step, Path picture) throws IOException {
    events.addPicture(step, created + seconds, PICTURES, Files.readAllBytes(picture));
  }

  /** Adds the values of a step. */
  public void add(long step, double time, Map<String, Double> values) throws IOException {
    ObjectNode line = toJson(step, time, values);
    lines.add(line);
    addEvent(line);
  }

  /** The line of a step. */
  static ObjectNode toJson(long step, double seconds, Map<String, Double> values) {
    ObjectNode line =
        JsonFiles.object().put("step", step).put("seconds", JsonFiles.seconds(seconds));
    line.set("values", JsonFiles.numbers(values));
    return line;
  }

  private void addEvent(JsonNode line) throws IOException {
    seconds = line.path("seconds").asDouble();
    events.add(line.path("step").asLong(), created + seconds, line.path("values"));
  }

  /** Syncs the JSON lines to the disk. */
  public void sync() throws IOException {
    lines.sync();
  }

  @Override
  public void close() throws IOException {
    try (lines) {
      events.close();
    }
  }

  /**
   * Removes the lines of later steps, and incomplete lines.
   *
   * @param file a file of lines with a {@code step}; may be missing
   * @return the greatest {@code seconds} of the remaining lines, or 0
   */
  static double cut(Path file, long step) throws IOException {
    return retain(file, node -> node.path("step").asLong(Long.MAX_VALUE) <= step);
  }

  /**
   * Removes the lines with higher numbers, and incomplete lines.
   *
   * @param file a file in which some lines have a {@code number}; may be missing
   * @param last the highest number to retain
   */
  static void cutEvents(Path file, long last) throws IOException {
    retain(file, node -> node.path("number").asLong(0) <= last);
  }

  private static double retain(Path file, Predicate<JsonNode> retained) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    double seconds = 0;
    Path partial = AtomicFiles.partial(file);
    try {
      try (BufferedReader reader = reader(file);
          BufferedWriter writer = Files.newBufferedWriter(partial)) {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          Optional<JsonNode> line = JsonFiles.parseLine(text).filter(retained);
          if (line.isPresent()) {
            seconds = Math.max(seconds, line.get().path("seconds").asDouble());
            writer.write(text + "\n");
          }
        }
      }
      AtomicFiles.syncTree(partial);
      AtomicFiles.move(partial, file);
    } catch (IOException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
    return seconds;
  }

  /** A reader that replaces malformed input, unlike {@link Files#newBufferedReader}. */
  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }
}
