package org.gantry.cli.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.cli.console.NumberText;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;

/**
 * The summary of a run in a list.
 *
 * @param path the run's folder
 * @param status {@code running}, {@code killed}, {@code interrupted}, {@code failed}, {@code done},
 *     or {@code damaged} if the folder cannot be read
 * @param step the steps done
 * @param steps the total number of steps
 * @param seconds the time spent training
 * @param reason why the run failed or cannot be read; otherwise empty
 * @param trouble the current trouble that watchdogs found; otherwise empty
 * @param values the latest recorded loss terms and watched values
 * @param figures the metrics of the latest evaluation; empty without one
 * @param remarks why figures mean nothing, or of which earlier step they are, by figure
 */
public record RunSummary(
    Path path,
    String status,
    long step,
    long steps,
    double seconds,
    String reason,
    String trouble,
    Map<String, Double> values,
    Map<String, Double> figures,
    Map<String, String> remarks) {

  /** The runs in a folder and its subfolders, sorted by path. Unreadable folders are left out. */
  public static List<RunSummary> findBelow(Path folder) throws IOException {
    List<Path> runs = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (!Files.isRegularFile(new RunFolder(path).stateFile())) {
              return FileVisitResult.CONTINUE;
            }
            runs.add(path.normalize());
            return FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return runs.stream().sorted().map(RunSummary::of).toList();
  }

  /** The summary of one run. */
  static RunSummary of(Path path) {
    try {
      RunFolder folder = RunFolder.open(path);
      RunState state = folder.progress();
      JsonNode evaluation = JsonFiles.lastLine(folder.evaluations());
      return new RunSummary(
          path,
          folder.statusText(),
          state.step(),
          state.steps(),
          state.seconds(),
          state.reason(),
          state.trouble(),
          numbers(JsonFiles.lastLine(folder.metrics()).path("values")),
          numbers(evaluation.path("figures")),
          remarks(evaluation, state.step()));
    } catch (RunException | IOException e) {
      return new RunSummary(
          path, "damaged", 0, 0, 0, e.getMessage(), "", Map.of(), Map.of(), Map.of());
    }
  }

  /** The summary as JSON. */
  Map<String, Object> json() {
    return JsonText.object(
        "run", path,
        "state", status,
        "step", step,
        "steps", steps,
        "seconds", seconds,
        "reason", reason,
        "trouble", trouble,
        "values", values,
        "figures", figures,
        "remarks", remarks);
  }

  /** The remarks on the figures of an evaluation; empty without an evaluation. */
  private static Map<String, String> remarks(JsonNode evaluation, long step) {
    return evaluation.isEmpty() ? Map.of() : EvaluationResult.fromJson(evaluation).remarksAt(step);
  }

  /** A figure as text, with the remark on it. */
  String figureText(String name) {
    String remark = remarks.getOrDefault(name, "");
    return NumberText.figure(figures.get(name)) + (remark.isEmpty() ? "" : " (" + remark + ")");
  }

  /** The numbers of an object; empty for a missing one. */
  private static Map<String, Double> numbers(JsonNode object) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      try {
        numbers.put(entry.getKey(), JsonFiles.number(entry.getValue()));
      } catch (NumberFormatException e) {
        throw new IOException(
            "%s is not a number but '%s'".formatted(entry.getKey(), entry.getValue().asText()), e);
      }
    }
    return numbers;
  }
}
