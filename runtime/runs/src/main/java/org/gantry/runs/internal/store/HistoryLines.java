package org.gantry.runs.internal.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunEnvironment;
import org.gantry.runs.internal.store.CheckpointStore.DamagedCheckpoint;
import org.gantry.runs.internal.store.TrainingHealth.OpenFinding;
import org.gantry.watchdog.WatchdogFinding;

/**
 * The lines of {@code history.jsonl}. Lines on findings, remedies and changes are numbered, so that
 * a resumed run can take back those after its checkpoint.
 */
public final class HistoryLines {

  private HistoryLines() {}

  /**
   * A resumption of the run.
   *
   * @param step the number of completed steps
   * @param steps the total number of steps
   * @param differences between the recipe before and after
   * @param unrepeatable the differences that the recipe cannot schedule for a step
   * @param otherPlugins how the plugins differ from the recorded ones, one clause each
   * @param otherData how the data differs from the recorded one, one clause each
   * @param damaged the skipped checkpoints
   * @param environment where the run continues
   */
  public static ObjectNode resumed(
      long step,
      long steps,
      List<RecipeDifference> differences,
      List<RecipeDifference> unrepeatable,
      List<String> otherPlugins,
      List<String> otherData,
      List<DamagedCheckpoint> damaged,
      RunEnvironment environment) {
    ObjectNode line =
        JsonFiles.object()
            .put("event", "resumed")
            .put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("step", step)
            .put("steps", steps);
    ArrayNode changes = line.putArray("changes");
    for (RecipeDifference difference : differences) {
      changes
          .addObject()
          .put("path", difference.path())
          .put("before", difference.before().orElse(null))
          .put("after", difference.after().orElse(null));
    }
    putAll(line, "unrepeatable", unrepeatable.stream().map(RecipeDifference::path).toList());
    putAll(line, "plugins", otherPlugins);
    putAll(line, "data", otherData);
    ArrayNode skipped = line.putArray("damaged");
    for (DamagedCheckpoint checkpoint : damaged) {
      skipped
          .addObject()
          .put("checkpoint", checkpoint.path().getFileName().toString())
          .put("reason", checkpoint.reason());
    }
    line.set("environment", environment.toJson());
    return line;
  }

  /**
   * A finding that appeared or disappeared.
   *
   * @param number the number of the line
   * @param actions what the training did about it, as clauses
   */
  public static ObjectNode finding(
      long number, long step, OpenFinding open, boolean appeared, List<String> actions) {
    ObjectNode line = numbered(appeared ? "found" : "gone", number, step);
    line.put("watchdog", open.watchdog());
    line.setAll(toJson(open.finding()));
    putAll(line, "done", actions);
    return line;
  }

  /**
   * The changes of remedies.
   *
   * @param number the number of the line
   * @param rolledBackTo the step of the checkpoint to which the training went back
   */
  public static ObjectNode remedy(
      long number, long step, String watchdog, Optional<Long> rolledBackTo, List<Change> changes) {
    ObjectNode line = numbered(rolledBackTo.isPresent() ? "rolled-back" : "changed", number, step);
    line.put("watchdog", watchdog);
    rolledBackTo.ifPresent(to -> line.put("to", to));
    line.set("changes", toJson(changes));
    return line;
  }

  /**
   * A change that the recipe scheduled or a user requested.
   *
   * @param number the number of the line
   * @param notTransferred what the training could not keep, as clauses
   */
  public static ObjectNode changed(
      long number, long step, Change change, List<String> notTransferred) {
    ObjectNode line = numbered("changed", number, step);
    line.set("changes", toJson(List.of(change)));
    putAll(line, "notTransferred", notTransferred);
    return line;
  }

  private static ObjectNode numbered(String event, long number, long step) {
    return JsonFiles.object().put("event", event).put("number", number).put("step", step);
  }

  /** Adds an array of texts to an object. */
  static void putAll(ObjectNode line, String field, List<String> clauses) {
    ArrayNode array = line.putArray(field);
    clauses.forEach(array::add);
  }

  /** Changes of a recipe as JSON. */
  static ArrayNode toJson(List<Change> changes) {
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

  /** Reads changes of a recipe. */
  public static List<Change> changes(JsonNode list) {
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

  /** A finding as JSON. */
  static ObjectNode toJson(WatchdogFinding finding) {
    return JsonFiles.object()
        .put("severity", finding.severity().name())
        .put("what", finding.problem())
        .put("where", finding.subject())
        .put("evidence", finding.evidence())
        .put("advice", finding.advice());
  }
}
