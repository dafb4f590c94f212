package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gantry.recipes.text.JsonFiles;

/**
 * The figures that a recipe's metrics gave for a run; a line of its {@code evaluations.jsonl}.
 *
 * @param step the number of steps that the evaluated networks were trained for
 * @param count the number of samples
 * @param seed the seed of the samples
 * @param seconds how long the evaluation took
 * @param figures by {@code metric/figure}, in the order of the recipe and of each metric; the
 *     second use of the same metric in a recipe is {@code metric-2}
 */
public record EvaluationResult(
    long step, int count, long seed, double seconds, Map<String, Double> figures) {

  /** Copies the map and keeps its order. */
  public EvaluationResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** The line of {@code evaluations.jsonl}. */
  public ObjectNode toJson() {
    ObjectNode line =
        JsonFiles.object()
            .put("step", step)
            .put("count", count)
            .put("seed", seed)
            .put("seconds", JsonFiles.seconds(seconds));
    line.set("figures", JsonFiles.numbers(figures));
    return line;
  }

  /** Reads a line of {@code evaluations.jsonl}. */
  static EvaluationResult fromJson(JsonNode line) {
    Map<String, Double> figures = new LinkedHashMap<>();
    line.path("figures")
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), JsonFiles.number(figure.getValue())));
    return new EvaluationResult(
        line.path("step").asLong(),
        line.path("count").asInt(),
        line.path("seed").asLong(),
        line.path("seconds").asDouble(),
        figures);
  }
}
