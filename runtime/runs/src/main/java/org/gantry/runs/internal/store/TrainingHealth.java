package org.gantry.runs.internal.store;

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
import org.gantry.runs.internal.store.BestCheckpoint.ReportedMean;
import org.gantry.watchdog.WatchdogFinding;

/**
 * What a training must know about watchdogs and changes to resume from a checkpoint as if it had
 * never stopped; the {@code health.json} of a checkpoint.
 *
 * @param changes all changes of the recipe that took effect, in order
 * @param scheduledDone how many scheduled changes of the recipe are among them
 * @param eventCount how many numbered lines the history has
 * @param mean the mean since the last checkpoint of the value that selects the best one
 * @param progress how the figure that can stop the training got better
 * @param remedyCounts how often the remedies of each watchdog were applied
 * @param memory the memory of each watchdog
 * @param openFindings the findings that hold, in the order in which they appeared
 */
public record TrainingHealth(
    List<Change> changes,
    int scheduledDone,
    long eventCount,
    ReportedMean mean,
    FigureProgress progress,
    SortedMap<String, Integer> remedyCounts,
    SortedMap<String, Map<String, Double>> memory,
    List<OpenFinding> openFindings) {

  /** The health before the first step. */
  public static final TrainingHealth INITIAL =
      new TrainingHealth(
          List.of(),
          0,
          0,
          ReportedMean.EMPTY,
          FigureProgress.NONE,
          new TreeMap<>(),
          new TreeMap<>(),
          List.of());

  private static final String FILE = "health.json";

  /**
   * A finding that holds.
   *
   * @param watchdog the watchdog that found it
   * @param look what the watchdog looked at: steps, or the samples of a network
   * @param since the step at which it appeared
   */
  public record OpenFinding(String watchdog, String look, long since, WatchdogFinding finding) {

    /** Whether a watchdog found it while looking at something. */
    public boolean isFrom(String otherWatchdog, String otherLook) {
      return watchdog.equals(otherWatchdog) && look.equals(otherLook);
    }

    /** Whether another finding differs only in its evidence and advice. */
    public boolean hasSameProblem(WatchdogFinding other) {
      return finding.severity() == other.severity()
          && finding.problem().equals(other.problem())
          && finding.subject().equals(other.subject());
    }

    /** Whether the finding is trouble, not only a warning. */
    public boolean isTrouble() {
      return finding.severity() == WatchdogFinding.Severity.TROUBLE;
    }
  }

  /** Copies the collections. */
  public TrainingHealth {
    changes = List.copyOf(changes);
    remedyCounts = new TreeMap<>(remedyCounts);
    memory = new TreeMap<>(memory);
    openFindings = List.copyOf(openFindings);
  }

  /** Whether no open finding is trouble. */
  public boolean isHealthy() {
    return openFindings.stream().noneMatch(OpenFinding::isTrouble);
  }

  /**
   * This health after a roll-back to a checkpoint.
   *
   * @param then the health at the checkpoint
   * @param changes all changes of the recipe from now on
   */
  public TrainingHealth rolledBackTo(TrainingHealth then, List<Change> changes) {
    return new TrainingHealth(
        changes,
        scheduledDone,
        eventCount,
        then.mean,
        then.progress,
        remedyCounts,
        then.memory,
        then.openFindings);
  }

  /** Writes {@code health.json} into a checkpoint. */
  public void write(Path checkpoint) throws IOException {
    ObjectNode node = JsonFiles.object();
    node.set("changes", HistoryLines.toJson(changes));
    node.put("made", scheduledDone);
    node.put("events", eventCount);
    if (mean.count() > 0) {
      ObjectNode reported = JsonFiles.numbers(Map.of("sum", mean.sum())).put("count", mean.count());
      node.set("mean", reported);
    }
    if (!progress.equals(FigureProgress.NONE)) {
      ObjectNode figure = JsonFiles.numbers(Map.of("best", progress.best()));
      node.set("progress", figure.put("stalled", progress.stalled()));
    }
    ObjectNode times = node.putObject("acted");
    remedyCounts.forEach(times::put);
    ObjectNode memories = node.putObject("memory");
    memory.forEach((name, values) -> memories.set(name, JsonFiles.numbers(values)));
    ArrayNode findings = node.putArray("open");
    for (OpenFinding open : openFindings) {
      findings
          .addObject()
          .put("watchdog", open.watchdog())
          .put("look", open.look())
          .put("since", open.since())
          .setAll(HistoryLines.toJson(open.finding()));
    }
    Files.write(checkpoint.resolve(FILE), JsonFiles.file(node));
  }

  /** Reads {@code health.json} of a checkpoint; the initial health without one. */
  public static TrainingHealth read(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve(FILE);
    if (!Files.exists(file)) {
      return INITIAL;
    }
    JsonNode node = JsonFiles.read(file);
    List<Change> changes = HistoryLines.changes(JsonFiles.required(node, "changes", file));
    SortedMap<String, Integer> remedyCounts = new TreeMap<>();
    node.path("acted")
        .properties()
        .forEach(e -> remedyCounts.put(e.getKey(), e.getValue().asInt()));
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
    List<OpenFinding> openFindings = new ArrayList<>();
    for (JsonNode open : JsonFiles.required(node, "open", file)) {
      openFindings.add(
          new OpenFinding(
              open.path("watchdog").asText(),
              open.path("look").asText(),
              open.path("since").asLong(),
              new WatchdogFinding(
                  WatchdogFinding.Severity.valueOf(open.path("severity").asText()),
                  open.path("what").asText(),
                  open.path("where").asText(),
                  open.path("evidence").asText(),
                  open.path("advice").asText())));
    }
    return new TrainingHealth(
        changes,
        node.path("made").asInt(),
        JsonFiles.required(node, "events", file).asLong(),
        node.has("mean")
            ? new ReportedMean(
                JsonFiles.number(node.path("mean").path("sum")),
                node.path("mean").path("count").asLong())
            : ReportedMean.EMPTY,
        node.has("progress")
            ? new FigureProgress(
                JsonFiles.number(node.path("progress").path("best")),
                node.path("progress").path("stalled").asInt())
            : FigureProgress.NONE,
        remedyCounts,
        memory,
        openFindings);
  }
}
