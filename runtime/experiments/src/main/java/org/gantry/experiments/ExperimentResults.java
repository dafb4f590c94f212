package org.gantry.experiments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.experiments.definition.Claim;
import org.gantry.experiments.definition.Claim.ClaimVerdict;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.MetricSummary;
import org.gantry.experiments.definition.Variant;
import org.gantry.recipes.text.JsonFiles;

/**
 * The results of an experiment.
 *
 * @param experiment the experiment
 * @param outcomes of the finished trainings
 * @param planned the number of trainings of the whole experiment
 */
public record ExperimentResults(Experiment experiment, List<TrialOutcome> outcomes, int planned) {

  /** Copies the list. */
  public ExperimentResults {
    outcomes = List.copyOf(outcomes);
  }

  /** Returns the outcomes of a variant. */
  public List<TrialOutcome> outcomesOf(Variant variant) {
    return outcomes.stream().filter(o -> o.variant().equals(variant.label())).toList();
  }

  /** Summarizes a metric over the trainings of a variant. */
  public MetricSummary summary(Variant variant, String metric) {
    return MetricSummary.of(values(variant.label(), metric));
  }

  private List<Double> values(String variant, String metric) {
    return outcomes.stream()
        .filter(o -> o.variant().equals(variant))
        .map(o -> o.values().get(metric))
        .toList();
  }

  /** Checks all claims, in order. */
  public Map<Claim, ClaimVerdict> verdicts() {
    Map<Claim, ClaimVerdict> verdicts = new LinkedHashMap<>();
    experiment.claims().forEach(claim -> verdicts.put(claim, claim.evaluate(this::values)));
    return verdicts;
  }

  /** Returns whether every claim holds or is open. */
  public boolean allClaimsHold() {
    return verdicts().values().stream().allMatch(v -> v.holds().orElse(true));
  }

  /**
   * Returns all results as JSON, with everything that {@link ResultsPage} needs.
   *
   * @param command the command line that produced the results
   */
  public String json(String command) {
    return JsonFiles.text(toJson(command));
  }

  /** Returns all results as a JSON object; see {@link #json}. */
  ObjectNode toJson(String command) {
    ObjectNode json = JsonFiles.object();
    json.put("experiment", experiment.name());
    json.put("summary", experiment.summary());
    json.put("paper", experiment.paper());
    json.put("command", command);
    json.put("trainings", outcomes.size());
    json.put("planned", planned);
    json.put("seconds", Math.round(outcomes.stream().mapToDouble(TrialOutcome::seconds).sum()));
    ArrayNode variants = json.putArray("variants");
    for (Variant variant : experiment.variants()) {
      List<TrialOutcome> own = outcomesOf(variant);
      ObjectNode row = variants.addObject();
      row.put("variant", variant.label()).put("trainings", own.size());
      row.put("failed", own.stream().filter(o -> !o.failure().isEmpty()).count());
      ObjectNode values = row.putObject("values");
      for (String metric : experiment.metrics().keySet()) {
        values.put(metric, own.isEmpty() ? "" : summary(variant, metric).text());
      }
      ObjectNode means = row.putObject("means");
      ObjectNode errors = row.putObject("errors");
      for (String metric : experiment.metrics().keySet()) {
        putNumber(means, metric, summary(variant, metric).mean());
        putNumber(errors, metric, summary(variant, metric).error());
      }
    }
    ArrayNode published = json.putArray("published");
    for (Experiment.PublishedResult row : experiment.published()) {
      ObjectNode node = published.addObject().put("label", row.label()).put("source", row.source());
      ObjectNode values = node.putObject("values");
      row.values().forEach(values::put);
    }
    ArrayNode claims = json.putArray("claims");
    verdicts()
        .forEach(
            (claim, verdict) ->
                claims
                    .addObject()
                    .put("claim", claim.text())
                    .put("source", claim.source())
                    .put("verdict", verdict.word())
                    .put("numbers", verdict.numbers()));
    ArrayNode notes = json.putArray("notes");
    experiment.notes().forEach(notes::add);
    remarks().forEach(notes::add);
    ArrayNode runs = json.putArray("runs");
    outcomes.forEach(o -> runs.add(run(o)));
    return json;
  }

  /** What makes figures of the trainings meaningless, each once. */
  public List<String> remarks() {
    return outcomes.stream().flatMap(outcome -> outcome.remarks().stream()).distinct().toList();
  }

  private static ObjectNode run(TrialOutcome outcome) {
    ObjectNode run = JsonFiles.object();
    run.put("variant", outcome.variant()).put("point", outcome.point()).put("seed", outcome.seed());
    run.put("steps", outcome.steps()).put("seconds", Math.round(outcome.seconds()));
    ObjectNode values = run.putObject("values");
    outcome.values().forEach((metric, value) -> putNumber(values, metric, value));
    if (!outcome.failure().isEmpty()) {
      run.put("failure", outcome.failure());
    }
    return run;
  }

  /** Puts a number, or null for one that JSON cannot express. */
  private static void putNumber(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, value);
    } else {
      object.putNull(name);
    }
  }
}
