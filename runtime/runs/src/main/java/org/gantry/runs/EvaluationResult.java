package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.text.JsonFiles;

/**
 * The figures that a recipe's metrics gave for a run; a line of its {@code evaluations.jsonl}.
 *
 * @param step the number of steps that the evaluated networks were trained for
 * @param count the number of samples
 * @param seed the seed of the samples
 * @param seconds how long the evaluation took
 * @param figures by {@code metric/figure}, in the order of the recipe and of each metric; the
 *     second metric of the same name in a recipe is {@code metric-2}; if the networks have several
 *     uses, by {@code use/metric/figure}
 * @param tooFew by {@code metric} or {@code use/metric}, the least number of samples at which its
 *     figures mean something; only metrics that had fewer
 */
public record EvaluationResult(
    long step,
    int count,
    long seed,
    double seconds,
    Map<String, Double> figures,
    Map<String, Integer> tooFew) {

  private static final String TOO_FEW = "tooFewSamples";

  /** Copies the maps and keeps their order. */
  public EvaluationResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    tooFew = Collections.unmodifiableMap(new LinkedHashMap<>(tooFew));
  }

  /** Why a figure means nothing, as a clause; empty if there were enough samples. */
  public String remark(String figure) {
    String metric = figure.substring(0, Math.max(0, figure.lastIndexOf('/')));
    return Optional.ofNullable(tooFew.get(metric))
        .map("too few samples: n < %d"::formatted)
        .orElse("");
  }

  /**
   * The remarks on all figures that have one, for a run that may have been trained further since.
   *
   * @param now the number of steps that the run has done
   */
  public Map<String, String> remarksAt(long now) {
    if (now <= step) {
      return remarks();
    }
    Map<String, String> remarks = new LinkedHashMap<>();
    for (String figure : figures.keySet()) {
      String remark = remark(figure);
      remarks.put(figure, "after step " + step + (remark.isEmpty() ? "" : "; " + remark));
    }
    return remarks;
  }

  /** The remarks on all figures that have one. */
  public Map<String, String> remarks() {
    Map<String, String> remarks = new LinkedHashMap<>();
    for (String figure : figures.keySet()) {
      String remark = remark(figure);
      if (!remark.isEmpty()) {
        remarks.put(figure, remark);
      }
    }
    return remarks;
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
    if (!tooFew.isEmpty()) {
      ObjectNode least = line.putObject(TOO_FEW);
      tooFew.forEach(least::put);
    }
    return line;
  }

  /** Reads a line of {@code evaluations.jsonl}. */
  public static EvaluationResult fromJson(JsonNode line) {
    Map<String, Double> figures = new LinkedHashMap<>();
    line.path("figures")
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), JsonFiles.number(figure.getValue())));
    Map<String, Integer> tooFew = new LinkedHashMap<>();
    line.path(TOO_FEW)
        .properties()
        .forEach(least -> tooFew.put(least.getKey(), least.getValue().asInt()));
    return new EvaluationResult(
        line.path("step").asLong(),
        line.path("count").asInt(),
        line.path("seed").asLong(),
        line.path("seconds").asDouble(),
        figures,
        tooFew);
  }
}
