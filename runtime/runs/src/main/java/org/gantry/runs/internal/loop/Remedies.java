package org.gantry.runs.internal.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.loop.Learner.DivergenceException;
import org.gantry.runs.internal.loop.WatchdogRunner.FindingEvent;
import org.gantry.runs.internal.store.CheckedWrite;
import org.gantry.runs.internal.store.CheckpointStore.Checkpoint;
import org.gantry.runs.internal.store.HistoryLines;
import org.gantry.runs.internal.store.RunRewind;
import org.gantry.runs.internal.store.TrainingHealth;
import org.gantry.training.CompositionException;
import org.gantry.watchdog.WatchdogFinding;

/**
 * Shows each step to the watchdogs and applies the remedies of the recipe to what they find: stops
 * the training, rolls it back, or changes the recipe.
 *
 * @param artifacts closed during a roll-back
 */
record Remedies(
    TrainingState state,
    RunWriter writer,
    Learner learner,
    StepListener artifacts,
    TrainingListener listener) {

  /** The interval at which watchdogs see gradient norms, in steps, because these cost time. */
  static final long MEASURE_EVERY = 10;

  /**
   * The outcome of a step.
   *
   * @param rolledBack whether the training continues from an earlier step
   * @param stopReason why the training ends, as a sentence; empty if it continues
   */
  record StepOutcome(boolean rolledBack, String stopReason) {}

  /** Shows a completed step to the watchdogs and applies the remedies. */
  StepOutcome applyAfterStep(Map<String, Double> values) {
    if (state.watchdogs().isEmpty()) {
      return new StepOutcome(false, "");
    }
    List<FindingEvent> events = runWatchdogs(values);
    String stopReason = "";
    for (FindingEvent event : events) {
      RemedyDecision decision = decide(event);
      report(event, decision.clauses());
      if (decision.stop()) {
        stopReason = stopReason(event, decision);
      } else if (decision.rollBack() >= 0) {
        rollBack(event, decision);
        return new StepOutcome(true, "");
      } else if (!decision.changes().isEmpty()) {
        state.addRemedy(decision.changes());
        learner.recompose(recipe().withChanges(state.changes()));
        writer.appendHistory(
            HistoryLines.remedy(
                state.nextEvent(),
                state.step(),
                event.guard().name(),
                Optional.empty(),
                decision.changes()));
      }
    }
    if (!events.isEmpty()) {
      writer.writeState(RunStatus.RUNNING, "");
    }
    return new StepOutcome(false, stopReason);
  }

  private List<FindingEvent> runWatchdogs(Map<String, Double> values) {
    // Gradient norms that only the metrics need are hidden; else log-every would change findings.
    Map<String, Double> gradients = state.isDue(MEASURE_EVERY) ? learner.gradients() : Map.of();
    WatchdogRunner watchdogs = state.watchdogs();
    List<FindingEvent> events =
        new ArrayList<>(watchdogs.checkStep(learner.describe(state.step(), values, gradients)));
    if (state.isDue(state.settings().watchEvery())) {
      learner.showSamples(samples -> events.addAll(watchdogs.checkSamples(samples)));
    }
    return events;
  }

  /** Rolls back after a step that diverged, if a watchdog has that remedy; else fails. */
  void recover(DivergenceException failure) {
    Optional<FindingEvent> event = state.watchdogs().checkBrokenStep(failure.broken());
    if (event.isPresent() && event.get().guard().rollsBack()) {
      RemedyDecision decision = decide(event.get());
      report(event.get(), decision.clauses());
      if (decision.rollBack() >= 0) {
        rollBack(event.get(), decision);
        return;
      }
    }
    throw new RunException(failure.getMessage(), (RuntimeException) failure.getCause());
  }

  private ComposedRecipe recipe() {
    return state.recipe().orElseThrow();
  }

  private RemedyDecision decide(FindingEvent event) {
    if (!event.isNewTrouble() || event.guard().remedies().isEmpty()) {
      return RemedyDecision.NONE;
    }
    int attempt = state.watchdogs().countRemedy(event.guard());
    RemedyDecision decision =
        RemedyDecision.of(
            event.guard(), event.open().finding(), recipe(), state.changes(), attempt);
    try {
      // Tries the changes first, so that nothing is given up for changes that do not fit.
      recipe().withChanges(state.changesWith(decision.changes()));
      return decision;
    } catch (RecipeException | CompositionException e) {
      return RemedyDecision.stopping("stopped, because the remedy does not fit: " + e.getMessage());
    }
  }

  private void report(FindingEvent event, List<String> actions) {
    writer.appendHistory(
        HistoryLines.finding(
            state.nextEvent(), state.step(), event.open(), event.appeared(), actions));
    listener.findingChanged(
        state.step(), event.open().watchdog(), event.open().finding(), event.appeared(), actions);
  }

  private String stopReason(FindingEvent event, RemedyDecision decision) {
    WatchdogFinding finding = event.open().finding();
    return "the training was %s at step %d by the watchdog %s: %s (%s): %s; %s, then resume with 'gantry train --resume %s' and a change"
        .formatted(
            decision.clauses().isEmpty() ? "stopped" : decision.clauses().get(0),
            state.step(),
            event.guard().name(),
            finding.problem(),
            finding.subject(),
            finding.evidence(),
            finding.advice(),
            state.folder().path());
  }

  /**
   * Rolls back to an earlier healthy checkpoint, or to the first step, and continues with changes.
   * Writes the checkpoint again with these changes, so that a resumed run has them.
   */
  private void rollBack(FindingEvent event, RemedyDecision decision) {
    long from = state.step();
    artifacts.close();
    CheckedWrite.run("the run", state.folder().path(), path -> restore(decision));
    artifacts.begin();
    writer.appendHistory(
        HistoryLines.remedy(
            state.nextEvent(),
            from,
            event.guard().name(),
            Optional.of(state.step()),
            decision.changes()));
    listener.rolledBack(from, state.step());
    writer.writeCheckpoint(learner);
    writer.writeState(RunStatus.RUNNING, "");
  }

  private long restore(RemedyDecision decision) throws IOException {
    List<Checkpoint> healthy = writer.healthyCheckpoints();
    Optional<Checkpoint> target =
        healthy.isEmpty()
            ? Optional.empty()
            : Optional.of(healthy.get(Math.max(0, healthy.size() - 1 - decision.rollBack())));
    TrainingHealth then =
        target.isPresent() ? TrainingHealth.read(target.get().path()) : TrainingHealth.INITIAL;
    List<Change> changes = state.changesWith(decision.changes());
    long to = target.map(Checkpoint::step).orElse(0L);
    RunRewind.toStep(state.folder(), writer.checkpoints(), to);
    learner.restore(
        target.map(Checkpoint::path),
        recipe().withChanges(then.changes()),
        recipe().withChanges(changes));
    state.rollBack(to, state.health().rolledBackTo(then, changes));
    return to;
  }
}
