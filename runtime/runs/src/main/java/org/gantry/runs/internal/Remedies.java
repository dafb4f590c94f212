package org.gantry.runs.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingRun.TrainingListener;
import org.gantry.runs.internal.CheckpointStore.Checkpoint;
import org.gantry.training.CompositionException;
import org.gantry.watchdog.WatchdogFinding;

/**
 * What is done about trouble: watchdogs look at what a step gave, and a training is stopped, goes
 * back, or goes on with a remedy, as its recipe says.
 *
 * @param standing of the training
 * @param keeping what it writes
 */
record Remedies(TrainingState standing, RunWriter keeping) {

  /** Every so many steps watchdogs see how large gradients are, for that costs some time. */
  static final long MEASURE_EVERY = 10;

  /**
   * What came of a step.
   *
   * @param rolledBack whether the training goes on from an earlier step
   * @param ending why the training ends here; empty if it does not
   */
  record StepOutcome(boolean rolledBack, String ending) {}

  /** Looks at a step that was done, and does what is to be done. */
  StepOutcome applyAfterStep(Map<String, Double> values, LoopContext course) {
    if (standing.watch().isEmpty()) {
      return new StepOutcome(false, "");
    }
    // What is measured for the metrics alone is not seen, or how often they are written would
    // count.
    Map<String, Double> gradients =
        standing.isDue(MEASURE_EVERY) ? course.learner().gradients() : Map.of();
    List<WatchdogRunner.FindingEvent> news =
        new ArrayList<>(
            standing.watch().checkStep(course.learner().seen(standing.step(), values, gradients)));
    if (standing.isDue(standing.settings().watchEvery())) {
      course.learner().show(samples -> news.addAll(standing.watch().checkSamples(samples)));
    }
    String ending = "";
    for (WatchdogRunner.FindingEvent one : news) {
      RemedyDecision treatment = decide(one);
      report(one, treatment.clauses(), course.listener());
      if (treatment.stop()) {
        ending = ending(one, treatment);
      } else if (treatment.rollBack() >= 0) {
        rollBack(one, treatment, course);
        return new StepOutcome(true, "");
      } else if (!treatment.changes().isEmpty()) {
        treatment.changes().forEach(standing.watch()::change);
        course
            .learner()
            .recompose(standing.base().orElseThrow().withChanges(standing.watch().changes()));
        keeping.appendHistory(
            RunRecords.treated(
                standing.watch().nextEvent(),
                standing.step(),
                one.guard().name(),
                Optional.empty(),
                treatment.changes()));
      }
    }
    if (!news.isEmpty()) {
      keeping.writeState(RunStatus.RUNNING, "");
    }
    return new StepOutcome(false, ending);
  }

  /** Goes back after a step that could not be done, if a watchdog is to do so; else fails. */
  void recover(Learner.DivergenceException failure, LoopContext course) {
    Optional<WatchdogRunner.FindingEvent> found =
        standing.watch().checkBrokenStep(failure.broken());
    if (found.isPresent() && found.get().guard().rollsBack()) {
      RemedyDecision treatment = decide(found.get());
      report(found.get(), treatment.clauses(), course.listener());
      if (treatment.rollBack() >= 0) {
        rollBack(found.get(), treatment, course);
        return;
      }
    }
    throw new RunException(failure.getMessage(), (RuntimeException) failure.getCause());
  }

  private RemedyDecision decide(WatchdogRunner.FindingEvent news) {
    if (!news.trouble() || news.guard().remedies().isEmpty()) {
      return RemedyDecision.NONE;
    }
    int times = standing.watch().countRemedy(news.guard());
    RemedyDecision treatment =
        RemedyDecision.of(
            news.guard(),
            news.open().finding(),
            standing.base().orElseThrow(),
            standing.watch().changes(),
            times);
    try {
      // What does not fit is to be known before anything is given up for it.
      List<Change> all = new ArrayList<>(standing.watch().changes());
      all.addAll(treatment.changes());
      standing.base().orElseThrow().withChanges(all);
      return treatment;
    } catch (RecipeException | CompositionException e) {
      return RemedyDecision.stopping("stopped, for the remedy does not fit: " + e.getMessage());
    }
  }

  private void report(
      WatchdogRunner.FindingEvent news, List<String> done, TrainingListener listener) {
    keeping.appendHistory(
        RunRecords.finding(standing.watch().nextEvent(), standing.step(), news, done));
    listener.findingChanged(
        standing.step(), news.open().watchdog(), news.open().finding(), news.appeared(), done);
  }

  private String ending(WatchdogRunner.FindingEvent news, RemedyDecision treatment) {
    WatchdogFinding finding = news.open().finding();
    return "the training was %s at step %d by the watchdog %s: %s (%s), for %s; %s, and go on from here with 'gantry train --resume %s' and a change"
        .formatted(
            treatment.clauses().isEmpty() ? "stopped" : treatment.clauses().get(0),
            standing.step(),
            news.guard().name(),
            finding.problem(),
            finding.subject(),
            finding.evidence(),
            finding.advice(),
            standing.folder().path());
  }

  /**
   * Goes on from an earlier checkpoint at which nothing was amiss, or from the first step, with
   * changes. The checkpoint is written anew with them, so that a run that is continued has them.
   */
  private void rollBack(
      WatchdogRunner.FindingEvent news, RemedyDecision treatment, LoopContext course) {
    long from = standing.step();
    course.reports().close();
    long to =
        CheckedWrite.run(
            "the run",
            standing.folder().path(),
            path -> {
              List<Checkpoint> quiet = keeping.healthyCheckpoints();
              Optional<Checkpoint> target =
                  quiet.isEmpty()
                      ? Optional.empty()
                      : Optional.of(
                          quiet.get(Math.max(0, quiet.size() - 1 - treatment.rollBack())));
              TrainingHealth then =
                  target.isPresent()
                      ? TrainingHealth.read(target.get().path())
                      : TrainingHealth.INITIAL;
              TrainingHealth now = standing.watch().health();
              List<Change> changes = new ArrayList<>(now.changes());
              changes.addAll(treatment.changes());
              long back = target.map(Checkpoint::step).orElse(0L);
              RunRewind.back(standing.folder(), keeping.checkpoints(), back);
              course
                  .learner()
                  .restore(
                      target.map(Checkpoint::path),
                      standing.base().orElseThrow().withChanges(then.changes()),
                      standing.base().orElseThrow().withChanges(changes));
              standing.rollBack(
                  back,
                  new TrainingHealth(
                      changes,
                      now.scheduledDone(),
                      now.eventCount(),
                      then.mean(),
                      now.remedyCounts(),
                      then.memory(),
                      then.openFindings()));
              return back;
            });
    course.reports().open();
    keeping.appendHistory(
        RunRecords.treated(
            standing.watch().nextEvent(),
            from,
            news.guard().name(),
            Optional.of(to),
            treatment.changes()));
    course.listener().rolledBack(from, to);
    keeping.writeCheckpoint(course.learner());
    keeping.writeState(RunStatus.RUNNING, "");
  }
}
