package org.gantry.experiments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.experiments.Claim.ClaimVerdict;
import org.gantry.recipes.text.JsonFiles;

/**
 * What came of an experiment.
 *
 * @param experiment what was done
 * @param outcomes of the trainings that are over
 * @param planned how many trainings there are in all
 */
public record ExperimentResults(Experiment experiment, List<TrialOutcome> outcomes, int planned) {

  /** Copies the list. */
  public ExperimentResults {
    outcomes = List.copyOf(outcomes);
  }

  /** The trainings of a variant. */
  public List<TrialOutcome> outcomesOf(Variant variant) {
    return outcomes.stream().filter(o -> o.variant().equals(variant.label())).toList();
  }

  /** A metric over the trainings of a variant. */
  public MetricSummary summary(Variant variant, String metric) {
    return MetricSummary.of(values(variant.label(), metric));
  }

  private List<Double> values(String variant, String metric) {
    return outcomes.stream()
        .filter(o -> o.variant().equals(variant))
        .map(o -> o.values().get(metric))
        .toList();
  }

  /** How every claim fares, in order. */
  public Map<Claim, ClaimVerdict> verdicts() {
    Map<Claim, ClaimVerdict> verdicts = new LinkedHashMap<>();
    experiment.claims().forEach(claim -> verdicts.put(claim, claim.evaluate(this::values)));
    return verdicts;
  }

  /** Whether no claim is refuted. */
  public boolean allClaimsHold() {
    return verdicts().values().stream().allMatch(v -> v.holds().orElse(true));
  }

  /**
   * All of it, for a file that says everything that a page on the experiment needs.
   *
   * @param command what made it, as typed
   */
  public String json(String command) {
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
    ArrayNode runs = json.putArray("runs");
    outcomes.forEach(o -> runs.add(run(o)));
    return JsonFiles.text(json);
  }

  private static ObjectNode run(TrialOutcome outcome) {
    ObjectNode run = JsonFiles.object();
    run.put("variant", outcome.variant()).put("point", outcome.point()).put("seed", outcome.seed());
    run.put("steps", outcome.steps()).put("seconds", Math.round(outcome.seconds()));
    ObjectNode values = run.putObject("values");
    outcome
        .values()
        .forEach(
            (metric, value) -> {
              if (Double.isFinite(value)) {
                values.put(metric, value);
              } else {
                values.putNull(metric);
              }
            });
    if (!outcome.failure().isEmpty()) {
      run.put("failure", outcome.failure());
    }
    return run;
  }
}
