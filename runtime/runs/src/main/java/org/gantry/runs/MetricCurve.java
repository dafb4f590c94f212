package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gantry.charts.ChartPoint;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.training.TrainingGraph;

/**
 * One value over the steps of a run.
 *
 * @param points in the order of their steps
 */
public record MetricCurve(List<CurvePoint> points) {

  /** The suffix of the name of a player's gradient norm, after the name of the player. */
  public static final String GRADIENT_NORM = "/gradient-norm";

  /**
   * A value at a step.
   *
   * @param value in the range of float32; may be NaN or infinite
   */
  public record CurvePoint(double step, double value) {}

  /** Copies the list. */
  public MetricCurve {
    points = List.copyOf(points);
  }

  /** The names of the values that the training of a graph records. */
  public static Set<String> namesOf(TrainingGraph graph) {
    Set<String> names = new LinkedHashSet<>(graph.reportedNames());
    graph.players().forEach(player -> names.add(player + GRADIENT_NORM));
    return names;
  }

  /**
   * Reads all curves of a file, by name, in the order of their first values.
   *
   * @param lines a file of JSON lines; may be missing; incomplete lines are ignored
   * @param member the member of each line that contains the values by name
   */
  public static Map<String, MetricCurve> read(Path lines, String member) throws IOException {
    Map<String, List<CurvePoint>> points = new LinkedHashMap<>();
    if (Files.exists(lines)) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(lines), StandardCharsets.UTF_8))) {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          Optional<JsonNode> line = JsonFiles.parseLine(text).filter(node -> node.has(member));
          if (line.isPresent()) {
            double step = line.get().path("step").asDouble();
            for (Map.Entry<String, JsonNode> value : line.get().path(member).properties()) {
              points
                  .computeIfAbsent(value.getKey(), name -> new ArrayList<>())
                  .add(new CurvePoint(step, JsonFiles.number(value.getValue())));
            }
          }
        }
      }
    }
    Map<String, MetricCurve> curves = new LinkedHashMap<>();
    points.forEach((name, list) -> curves.put(name, new MetricCurve(list)));
    return curves;
  }

  /** Returns the points for a chart. */
  public List<ChartPoint> chartPoints() {
    return points.stream().map(point -> new ChartPoint(point.step(), point.value())).toList();
  }
}
