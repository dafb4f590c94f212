package org.gantry.runs.internal.loop;

import java.io.IOException;
import java.util.List;
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
 * Applies the remedies of the recipe to the findings of watchdogs: stops the training, rolls it
 * back, or changes the recipe.
 *
 * @param artefacts closed during a roll-back
 */
record Remedies(
    TrainingState state,
    RunWriter writer,
    Learner learner,
    StepListener artefacts,
    TrainingListener listener) {

  /**
   * The outcome of a step.
   *
   * @param rolledBack whether the training continues from an earlier step
   * @param stopReason why the training ends, as a sentence; empty if it continues
   */
  record StepOutcome(boolean rolledBack, String stopReason) {}

  /** Reports findings and applies the remedies of their watchdogs. */
  StepOutcome apply(List<FindingEvent> events) {
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
        state.addChanges(decision.changes());
        learner.recompose(recipe().withChanges(state.changes()));
        record(event, state.step(), Optional.empty(), decision);
      }
    }
    if (!events.isEmpty()) {
      writer.writeState(RunStatus.RUNNING, "");
    }
    return new StepOutcome(false, stopReason);
  }

  /** Rolls back after a step that diverged, if a watchdog has that remedy; else fails. */
  void recover(DivergenceException failure) {
    Optional<FindingEvent> event = state.watchdogs().inspectFailure(failure.failedStep());
    if (event.isPresent() && event.get().rule().rollsBack()) {
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

  private List<Change> changesWith(RemedyDecision decision) {
    List<Change> all = state.changes();
    all.addAll(decision.changes());
    return all;
  }

  private RemedyDecision decide(FindingEvent event) {
    if (!event.isNewTrouble() || event.rule().remedies().isEmpty()) {
      return RemedyDecision.NONE;
    }
    int attempt = state.watchdogs().countRemedy(event.rule());
    RemedyDecision decision =
        RemedyDecision.of(event.rule(), event.open().finding(), recipe(), state.changes(), attempt);
    try {
      // Tries the changes first, so that nothing is given up for changes that do not fit.
      recipe().withChanges(changesWith(decision));
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

  private void record(
      FindingEvent event, long step, Optional<Long> rolledBackTo, RemedyDecision decision) {
    writer.appendHistory(
        HistoryLines.remedy(
            state.nextEvent(), step, event.rule().name(), rolledBackTo, decision.changes()));
  }

  private String stopReason(FindingEvent event, RemedyDecision decision) {
    WatchdogFinding finding = event.open().finding();
    return "the training was %s at step %d by the watchdog %s: %s (%s): %s; %s, then resume with 'gantry train --resume %s' and a change"
        .formatted(
            decision.clauses().isEmpty() ? "stopped" : decision.clauses().get(0),
            state.step(),
            event.rule().name(),
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
    artefacts.close();
    CheckedWrite.run("the run", state.folder().path(), () -> restore(decision));
    artefacts.begin();
    record(event, from, Optional.of(state.step()), decision);
    listener.rolledBack(from, state.step());
    writer.writeCheckpoint(learner);
    writer.writeState(RunStatus.RUNNING, "");
  }

  private void restore(RemedyDecision decision) throws IOException {
    List<Checkpoint> healthy = writer.healthyCheckpoints();
    Optional<Checkpoint> target =
        healthy.isEmpty()
            ? Optional.empty()
            : Optional.of(healthy.get(Math.max(0, healthy.size() - 1 - decision.rollBack())));
    TrainingHealth then =
        target.isPresent() ? TrainingHealth.read(target.get().path()) : TrainingHealth.INITIAL;
    List<Change> changes = changesWith(decision);
    long to = target.map(Checkpoint::step).orElse(0L);
    RunRewind.toStep(state.folder(), writer.checkpoints(), to);
    learner.restore(
        target.map(Checkpoint::path),
        recipe().withChanges(then.changes()),
        recipe().withChanges(changes));
    state.restore(to, state.health().rolledBackTo(then, changes));
  }
}
