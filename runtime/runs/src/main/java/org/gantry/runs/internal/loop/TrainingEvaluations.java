package org.gantry.runs.internal.loop;

import java.util.Map;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.EvaluationResult;
import org.gantry.runs.TrainingListener;

/**
 * Evaluates the metrics of the recipe during a training. Does so after the first step, too, so that
 * a figure that no metric gives is reported at once.
 */
record TrainingEvaluations(TrainingState state, TrainingListener listener) {

  /** Evaluates the metrics if an evaluation is due after a step. */
  void evaluateIfDue(Learner learner, Map<String, Double> values) {
    TrainSettings settings = state.settings();
    if (settings.evaluateEvery() > 0
        && (state.step() == 1 || state.isDue(settings.evaluateEvery()))) {
      EvaluationResult result = learner.evaluate(settings.evaluateSamples());
      state.addFigures(result.figures(), values);
      listener.evaluated(result);
    }
  }
}
