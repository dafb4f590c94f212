package org.gantry.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.experiments.TrialSeries.ExperimentTrial;
import org.gantry.experiments.definition.Experiment;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.MetricCurve;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;

/** Reads the outcome of a training from its run folder. */
record OutcomeReader(Experiment experiment) {

  /**
   * Refuses a record without the last step. Every training logs its last step, so such a record is
   * damaged.
   */
  private static void requireWhole(RunFolder run, RunState state, Map<String, MetricCurve> curves) {
    double last =
        curves.values().stream()
            .filter(curve -> !curve.points().isEmpty())
            .mapToDouble(curve -> curve.points().get(curve.points().size() - 1).step())
            .max()
            .orElse(0);
    if (last < state.step()) {
      throw new RunException(
          "%s is damaged: it ends at step %.0f, and the training at %d; remove %s to repeat the training"
              .formatted(run.metrics(), last, state.step(), run.path()));
    }
  }

  /** The remarks on the metrics of an evaluation. */
  private static List<String> remarks(EvaluationResult evaluation) {
    return evaluation.remarks().entrySet().stream()
        .map(e -> e.getKey().replaceFirst("/[^/]*$", "") + ": " + e.getValue())
        .distinct()
        .toList();
  }

  /**
   * Returns the outcome.
   *
   * @param run the run folder with the results
   * @param evaluation the evaluation of the last step, if there is one
   * @param earlier the figures of earlier stages
   */
  TrialOutcome outcome(
      ExperimentTrial trial,
      RunFolder run,
      RunState state,
      Optional<EvaluationResult> evaluation,
      Map<String, Double> earlier) {
    Map<String, Double> figures = new LinkedHashMap<>(earlier);
    evaluation.ifPresent(result -> figures.putAll(result.figures()));
    Map<String, Double> values = new LinkedHashMap<>();
    boolean failed = state.status() == RunState.RunStatus.FAILED;
    Map<String, MetricCurve> curves = failed ? Map.of() : run.curves();
    if (!failed
        && experiment.metrics().values().stream().anyMatch(m -> m.reduction().isPresent())) {
      requireWhole(run, state, curves);
    }
    experiment
        .metrics()
        .forEach((name, measure) -> values.put(name, measure.extract(figures, curves)));
    return new TrialOutcome(
        trial.variant().label(),
        trial.point().name(),
        trial.seed(),
        values,
        state.step(),
        state.seconds(),
        failed ? state.reason() : "",
        evaluation.map(OutcomeReader::remarks).orElse(List.of()));
  }
}
