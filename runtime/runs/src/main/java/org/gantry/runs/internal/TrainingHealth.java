package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.watchdog.WatchdogFinding;

/**
 * What a training has to know of its troubles and changes to go on from a checkpoint as if it had
 * never stopped.
 *
 * @param changes what was changed of the recipe, in order
 * @param scheduledDone how many of the recipe's own changes were made; they are among the others
 * @param eventCount how many lines of the run's history tell of troubles and changes
 * @param mean of the value by which the best checkpoint is told, since the checkpoint before
 * @param remedyCounts how often each watchdog has had its remedies applied
 * @param memory what each watchdog remembers
 * @param openFindings the findings that hold, in the order in which they appeared
 */
public record TrainingHealth(
    List<Change> changes,
    int scheduledDone,
    long eventCount,
    BestCheckpoint.ReportedMean mean,
    SortedMap<String, Integer> remedyCounts,
    SortedMap<String, Map<String, Double>> memory,
    List<OpenFinding> openFindings) {

  /** Of a training that nothing lies behind. */
  public static final TrainingHealth INITIAL =
      new TrainingHealth(
          List.of(),
          0,
          0,
          BestCheckpoint.ReportedMean.EMPTY,
          new TreeMap<>(),
          new TreeMap<>(),
          List.of());

  private static final String FILE = "health.json";

  /**
   * A finding that holds.
   *
   * @param watchdog who found it
   * @param look where: at steps, or at the samples of a network
   * @param since the step at which it appeared
   */
  public record OpenFinding(String watchdog, String look, long since, WatchdogFinding finding) {

    boolean trouble() {
      return finding.severity() == WatchdogFinding.Severity.TROUBLE;
    }
  }

  /** Copies. */
  public TrainingHealth {
    changes = List.copyOf(changes);
    remedyCounts = new TreeMap<>(remedyCounts);
    memory = new TreeMap<>(memory);
    openFindings = List.copyOf(openFindings);
  }

  boolean isHealthy() {
    return openFindings.stream().noneMatch(OpenFinding::trouble);
  }

  /** Writes itself into a checkpoint. */
  void write(Path checkpoint) throws IOException {
    ObjectNode node = JsonFiles.object();
    node.set("changes", changes(changes));
    node.put("made", scheduledDone);
    node.put("events", eventCount);
    if (mean.count() > 0) {
      ObjectNode reported = JsonFiles.numbers(Map.of("sum", mean.sum())).put("count", mean.count());
      node.set("mean", reported);
    }
    ObjectNode times = node.putObject("acted");
    remedyCounts.forEach(times::put);
    ObjectNode memories = node.putObject("memory");
    memory.forEach((name, values) -> memories.set(name, JsonFiles.numbers(values)));
    ArrayNode findings = node.putArray("open");
    for (OpenFinding o : openFindings) {
      findings
          .addObject()
          .put("watchdog", o.watchdog())
          .put("look", o.look())
          .put("since", o.since())
          .setAll(finding(o.finding()));
    }
    Files.write(checkpoint.resolve(FILE), JsonFiles.file(node));
  }

  /** Reads what lies in a checkpoint; new where nothing does. */
  public static TrainingHealth read(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve(FILE);
    if (!Files.exists(file)) {
      return INITIAL;
    }
    JsonNode node = JsonFiles.read(file);
    List<Change> changes = changes(JsonFiles.required(node, "changes", file));
    SortedMap<String, Integer> acted = new TreeMap<>();
    node.path("acted").properties().forEach(e -> acted.put(e.getKey(), e.getValue().asInt()));
    SortedMap<String, Map<String, Double>> memory = new TreeMap<>();
    node.path("memory")
        .properties()
        .forEach(
            e -> {
              Map<String, Double> values = new TreeMap<>();
              e.getValue()
                  .properties()
                  .forEach(v -> values.put(v.getKey(), JsonFiles.number(v.getValue())));
              memory.put(e.getKey(), values);
            });
    List<OpenFinding> open = new ArrayList<>();
    for (JsonNode o : JsonFiles.required(node, "open", file)) {
      open.add(
          new OpenFinding(
              o.path("watchdog").asText(),
              o.path("look").asText(),
              o.path("since").asLong(),
              new WatchdogFinding(
                  WatchdogFinding.Severity.valueOf(o.path("severity").asText()),
                  o.path("what").asText(),
                  o.path("where").asText(),
                  o.path("evidence").asText(),
                  o.path("advice").asText())));
    }
    return new TrainingHealth(
        changes,
        node.path("made").asInt(),
        JsonFiles.required(node, "events", file).asLong(),
        node.has("mean")
            ? new BestCheckpoint.ReportedMean(
                JsonFiles.number(node.path("mean").path("sum")),
                node.path("mean").path("count").asLong())
            : BestCheckpoint.ReportedMean.EMPTY,
        acted,
        memory,
        open);
  }

  static ArrayNode changes(List<Change> changes) {
    ArrayNode list = JsonFiles.object().putArray("changes");
    for (Change change : changes) {
      ObjectNode node = list.addObject().put("path", change.path());
      if (change.removes()) {
        node.put("removes", true);
      } else {
        node.put("value", change.value());
      }
    }
    return list;
  }

  static List<Change> changes(JsonNode list) {
    List<Change> changes = new ArrayList<>();
    for (JsonNode node : list) {
      String path = node.path("path").asText();
      changes.add(
          node.path("removes").asBoolean()
              ? Change.removalOf(path)
              : new Change(path, node.path("value").asText()));
    }
    return changes;
  }

  static ObjectNode finding(WatchdogFinding finding) {
    return JsonFiles.object()
        .put("severity", finding.severity().name())
        .put("what", finding.problem())
        .put("where", finding.subject())
        .put("evidence", finding.evidence())
        .put("advice", finding.advice());
  }
}
