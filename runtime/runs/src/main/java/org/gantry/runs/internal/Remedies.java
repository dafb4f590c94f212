package org.gantry.runs.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.RecipeException;
import org.gantry.recipes.Recipes.Change;
import org.gantry.runs.RunException;
import org.gantry.runs.RunState.Status;
import org.gantry.runs.Training.Listener;
import org.gantry.runs.internal.Checkpoints.Checkpoint;
import org.gantry.training.CompositionException;
import org.gantry.watchdog.Finding;

/**
 * What is done about trouble: watchdogs look at what a step gave, and a training is stopped, goes
 * back, or goes on with a remedy, as its recipe says.
 *
 * @param standing of the training
 * @param keeping what it writes
 */
record Remedies(Standing standing, Keeping keeping) {

  /** Every so many steps watchdogs see how large gradients are, for that costs some time. */
  static final long MEASURE_EVERY = 10;

  /**
   * What came of a step.
   *
   * @param wentBack whether the training goes on from an earlier step
   * @param ending why the training ends here; empty if it does not
   */
  record Outlook(boolean wentBack, String ending) {}

  /** Looks at a step that was done, and does what is to be done. */
  Outlook look(Map<String, Double> values, Course course) {
    if (standing.watch().idle()) {
      return new Outlook(false, "");
    }
    // What is measured for the metrics alone is not seen, or how often they are written would
    // count.
    Map<String, Double> gradients =
        standing.due(MEASURE_EVERY) ? course.learner().gradients() : Map.of();
    List<Watch.News> news =
        new ArrayList<>(
            standing.watch().step(course.learner().seen(standing.step(), values, gradients)));
    if (standing.due(standing.settings().watchEvery())) {
      course.learner().show(samples -> news.addAll(standing.watch().samples(samples)));
    }
    String ending = "";
    for (Watch.News one : news) {
      Treatment treatment = treat(one);
      tell(one, treatment.words(), course.listener());
      if (treatment.stop()) {
        ending = ending(one, treatment);
      } else if (treatment.rollBack() >= 0) {
        goBack(one, treatment, course);
        return new Outlook(true, "");
      } else if (!treatment.changes().isEmpty()) {
        treatment.changes().forEach(standing.watch()::change);
        course
            .learner()
            .recompose(standing.base().orElseThrow().changed(standing.watch().changes()));
        keeping.note(
            Records.treated(
                standing.watch().nextEvent(),
                standing.step(),
                one.guard().name(),
                Optional.empty(),
                treatment.changes()));
      }
    }
    if (!news.isEmpty()) {
      keeping.state(Status.RUNNING, "");
    }
    return new Outlook(false, ending);
  }

  /** Goes back after a step that could not be done, if a watchdog is to do so; else fails. */
  void recover(Learner.BrokenStep failure, Course course) {
    Optional<Watch.News> found = standing.watch().broken(failure.broken());
    if (found.isPresent() && found.get().guard().rollsBack()) {
      Treatment treatment = treat(found.get());
      tell(found.get(), treatment.words(), course.listener());
      if (treatment.rollBack() >= 0) {
        goBack(found.get(), treatment, course);
        return;
      }
    }
    throw new RunException(failure.getMessage(), (RuntimeException) failure.getCause());
  }

  private Treatment treat(Watch.News news) {
    if (!news.trouble() || news.guard().onTrouble().isEmpty()) {
      return Treatment.NONE;
    }
    int times = standing.watch().act(news.guard());
    Treatment treatment =
        Treatment.of(
            news.guard(),
            news.open().finding(),
            standing.base().orElseThrow(),
            standing.watch().changes(),
            times);
    try {
      // What does not fit is to be known before anything is given up for it.
      List<Change> all = new ArrayList<>(standing.watch().changes());
      all.addAll(treatment.changes());
      standing.base().orElseThrow().changed(all);
      return treatment;
    } catch (RecipeException | CompositionException e) {
      return Treatment.ended("stopped, for the remedy does not fit: " + e.getMessage());
    }
  }

  private void tell(Watch.News news, List<String> done, Listener listener) {
    keeping.note(Records.finding(standing.watch().nextEvent(), standing.step(), news, done));
    listener.found(
        standing.step(), news.open().watchdog(), news.open().finding(), news.appeared(), done);
  }

  private String ending(Watch.News news, Treatment treatment) {
    Finding finding = news.open().finding();
    return "the training was %s at step %d by the watchdog %s: %s (%s), for %s; %s, and go on from here with 'gantry train --resume %s' and a change"
        .formatted(
            treatment.words().isEmpty() ? "stopped" : treatment.words().get(0),
            standing.step(),
            news.guard().name(),
            finding.what(),
            finding.where(),
            finding.evidence(),
            finding.advice(),
            standing.folder().path());
  }

  /**
   * Goes on from an earlier checkpoint at which nothing was amiss, or from the first step, with
   * changes. The checkpoint is written anew with them, so that a run that is continued has them.
   */
  private void goBack(Watch.News news, Treatment treatment, Course course) {
    long from = standing.step();
    course.reports().close();
    long to =
        Writing.writing(
            "the run",
            standing.folder().path(),
            path -> {
              List<Checkpoint> quiet = keeping.quiet();
              Optional<Checkpoint> target =
                  quiet.isEmpty()
                      ? Optional.empty()
                      : Optional.of(
                          quiet.get(Math.max(0, quiet.size() - 1 - treatment.rollBack())));
              Health then = target.isPresent() ? Health.read(target.get().path()) : Health.NEW;
              Health now = standing.watch().health();
              List<Change> changes = new ArrayList<>(now.changes());
              changes.addAll(treatment.changes());
              long back = target.map(Checkpoint::step).orElse(0L);
              Rewind.back(standing.folder(), keeping.checkpoints(), back);
              course
                  .learner()
                  .restore(
                      target.map(Checkpoint::path),
                      standing.base().orElseThrow().changed(then.changes()),
                      standing.base().orElseThrow().changed(changes));
              standing.goBack(
                  back,
                  new Health(
                      changes,
                      now.made(),
                      now.events(),
                      then.mean(),
                      now.acted(),
                      then.memory(),
                      then.open()));
              return back;
            });
    course.reports().open();
    keeping.note(
        Records.treated(
            standing.watch().nextEvent(),
            from,
            news.guard().name(),
            Optional.of(to),
            treatment.changes()));
    course.listener().rolledBack(from, to);
    keeping.checkpoint(course.learner());
    keeping.state(Status.RUNNING, "");
  }
}
