package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gantry.recipes.Composed;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.Problem;
import org.gantry.recipes.RecipeException;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.Scheduled;
import org.gantry.recipes.Settings;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.Status;
import org.gantry.runs.Training.Listener;
import org.gantry.runs.internal.Checkpoints.Checkpoint;
import org.gantry.training.CompositionException;
import org.gantry.watchdog.Finding;

/** The loop of one training: steps, and what is written between them. */
public final class Loop {

  /** What the norm of a player's gradients is recorded as, behind the player's name. */
  private static final String GRADIENT = "/gradient-norm";

  /** Every so many steps watchdogs see how large gradients are, for that costs some time. */
  static final long MEASURE_EVERY = 10;

  private final RunFolder folder;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Start start;
  private final long startTime;
  private final Checkpoints checkpoints;
  private final Optional<Best> best;
  private final Requests requests;
  private Optional<Composed> base;
  private Watch watch;
  private long step;
  private boolean opened;
  private long memory;

  /**
   * Creates a loop.
   *
   * @param base the recipe, without what remedies changed
   * @param nanoTime the clock; one that no clock change moves
   * @param start where the learner stands
   */
  public Loop(RunFolder folder, Composed base, LongSupplier nanoTime, Start start) {
    this(folder, base.settings(), Optional.of(base), nanoTime, start);
  }

  /**
   * Creates a loop without watchdogs.
   *
   * @param settings how many steps, and what to write how often
   */
  Loop(RunFolder folder, Settings settings, LongSupplier nanoTime, Start start) {
    this(folder, settings, Optional.empty(), nanoTime, start);
  }

  private Loop(
      RunFolder folder,
      Settings settings,
      Optional<Composed> base,
      LongSupplier nanoTime,
      Start start) {
    this.folder = folder;
    this.settings = settings;
    this.base = base;
    this.best = Best.of(settings);
    this.watch = new Watch(base.map(Composed::guards).orElse(List.of()), start.health());
    this.nanoTime = nanoTime;
    this.start = start;
    this.startTime = nanoTime.getAsLong();
    this.checkpoints =
        new Checkpoints(
            folder.checkpoints(),
            settings.keep(),
            watch.rollsBack() ? settings.checkpointEvery() : 1,
            best);
    this.requests = Requests.of(folder.path());
    this.step = start.step();
    if (best.filter(b -> b.ends(step)).isPresent()) {
      watch.mean(Best.Mean.NONE);
    }
  }

  /**
   * Trains to the end; see {@link org.gantry.runs.Training#run}.
   *
   * @param opening makes the learner, which the loop closes
   * @param threads told to the listener
   */
  public RunState run(
      Supplier<Learner> opening, int threads, Listener listener, BooleanSupplier stop) {
    try (Learner learner = opening.get();
        Reports reports = new Reports()) {
      opened = true;
      memory = OutOfMemory.resident();
      asked(Requests::begin);
      listener.started(steps(), threads);
      // A training may have been killed after its last checkpoint and before it could say so.
      boolean last = step >= steps();
      String ending = "";
      while (!last) {
        Map<String, Double> values;
        try {
          change(new Course(learner, reports, listener));
          values = learner.step(measured());
        } catch (Learner.BrokenStep e) {
          recover(e, new Course(learner, reports, listener));
          continue;
        }
        best.ifPresent(b -> watch.mean(watch.mean().with(b.in(values))));
        step++;
        Outlook outlook = watch(values, new Course(learner, reports, listener));
        if (outlook.wentBack()) {
          continue;
        }
        ending = outlook.ending();
        last = stop.getAsBoolean() || step >= steps() || !ending.isEmpty();
        if (last || step == 1 || due(settings.logEvery())) {
          reports.add(recorded(values, learner));
        }
        listener.step(step, steps(), seconds(), values);
        if (last || due(settings.sampleEvery())) {
          listener.sampled(sample(learner));
        }
        if (last || due(settings.checkpointEvery())) {
          reports.sync();
          listener.checkpointed(checkpoint(learner));
          record(Status.RUNNING, "");
        }
      }
      if (!ending.isEmpty()) {
        throw new RunException(ending);
      }
      RunState state = record(step >= steps() ? Status.DONE : Status.INTERRUPTED, "");
      listener.finished(state);
      return state;
    } catch (RunException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      throw failed(new RunException(sentence(e), e));
    } catch (OutOfMemoryError e) {
      throw failed(
          new RunException(
              outOfMemory(e)
                  .orElseGet(() -> OutOfMemory.ofHeap(place(), Runtime.getRuntime().maxMemory())),
              e));
    } catch (Error e) {
      failed(new RunException("the training failed " + place() + ": " + e, e));
      throw e;
    }
  }

  /** Whether the gradients of the next step are wanted, for watchdogs or for the metrics. */
  private boolean measured() {
    long next = step + 1;
    return next == 1
        || next % MEASURE_EVERY == 0
        || next % settings.logEvery() == 0
        || next == steps();
  }

  /** The values of a step with the norms of the players' gradients. */
  private static Map<String, Double> recorded(Map<String, Double> values, Learner learner) {
    Map<String, Double> all = new LinkedHashMap<>(values);
    learner.gradients().forEach((player, norm) -> all.putIfAbsent(player + GRADIENT, norm));
    return all;
  }

  // ---- Trouble
  // -------------------------------------------------------------------------------

  /** What takes part when something is done about trouble. */
  private record Course(Learner learner, Reports reports, Listener listener) {}

  /**
   * What the watchdogs make of a step.
   *
   * @param ending why the training ends here; empty if it does not
   */
  private record Outlook(boolean wentBack, String ending) {}

  private Outlook watch(Map<String, Double> values, Course course) {
    if (watch.idle()) {
      return new Outlook(false, "");
    }
    // What is measured for the metrics alone is not seen, or how often they are written would
    // count.
    Map<String, Double> gradients = due(MEASURE_EVERY) ? course.learner().gradients() : Map.of();
    List<Watch.News> news =
        new ArrayList<>(watch.step(course.learner().seen(step, values, gradients)));
    if (due(settings.watchEvery())) {
      course.learner().show(samples -> news.addAll(watch.samples(samples)));
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
        treatment.changes().forEach(watch::change);
        course.learner().recompose(base.orElseThrow().changed(watch.changes()));
        note(
            Records.treated(
                watch.nextEvent(),
                step,
                one.guard().name(),
                Optional.empty(),
                treatment.changes()));
      }
    }
    if (!news.isEmpty()) {
      record(Status.RUNNING, "");
    }
    return new Outlook(false, ending);
  }

  /** Goes back after a step that could not be done, if a watchdog is to do so; else fails. */
  private void recover(Learner.BrokenStep failure, Course course) {
    Optional<Watch.News> found = watch.broken(failure.broken());
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
    int times = watch.act(news.guard());
    Treatment treatment =
        Treatment.of(
            news.guard(), news.open().finding(), base.orElseThrow(), watch.changes(), times);
    try {
      // What does not fit is to be known before anything is given up for it.
      List<Change> all = new ArrayList<>(watch.changes());
      all.addAll(treatment.changes());
      base.orElseThrow().changed(all);
      return treatment;
    } catch (RecipeException | CompositionException e) {
      return Treatment.ended("stopped, for the remedy does not fit: " + e.getMessage());
    }
  }

  private void tell(Watch.News news, List<String> done, Listener listener) {
    note(Records.finding(watch.nextEvent(), step, news, done));
    listener.found(step, news.open().watchdog(), news.open().finding(), news.appeared(), done);
  }

  private String ending(Watch.News news, Treatment treatment) {
    Finding finding = news.open().finding();
    return "the training was %s at step %d by the watchdog %s: %s (%s), for %s; %s, and go on from here with 'gantry train --resume %s' and a change"
        .formatted(
            treatment.words().isEmpty() ? "stopped" : treatment.words().get(0),
            step,
            news.guard().name(),
            finding.what(),
            finding.where(),
            finding.evidence(),
            finding.advice(),
            folder.path());
  }

  /**
   * Goes on from an earlier checkpoint at which nothing was amiss, or from the first step, with
   * changes. The checkpoint is written anew with them, so that a run that is continued has them.
   */
  private void goBack(Watch.News news, Treatment treatment, Course course) {
    long from = step;
    course.reports().close();
    long to =
        writing(
            "the run",
            folder.path(),
            path -> {
              List<Checkpoint> quiet = quiet();
              Optional<Checkpoint> target =
                  quiet.isEmpty()
                      ? Optional.empty()
                      : Optional.of(
                          quiet.get(Math.max(0, quiet.size() - 1 - treatment.rollBack())));
              Health then = target.isPresent() ? Health.read(target.get().path()) : Health.NEW;
              Health now = watch.health();
              List<Change> changes = new ArrayList<>(now.changes());
              changes.addAll(treatment.changes());
              long back = target.map(Checkpoint::step).orElse(0L);
              Rewind.back(folder, checkpoints.all(), back);
              course
                  .learner()
                  .restore(
                      target.map(Checkpoint::path),
                      base.orElseThrow().changed(then.changes()),
                      base.orElseThrow().changed(changes));
              watch =
                  new Watch(
                      base.orElseThrow().guards(),
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
    step = to;
    course.reports().open();
    note(
        Records.treated(
            watch.nextEvent(), from, news.guard().name(), Optional.of(to), treatment.changes()));
    course.listener().rolledBack(from, to);
    checkpoint(course.learner());
    record(Status.RUNNING, "");
  }

  private List<Checkpoint> quiet() throws IOException {
    List<Checkpoint> quiet = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints.all()) {
      if (checkpoints.counts(checkpoint)
          && checkpoint.step() <= step
          && Health.read(checkpoint.path()).quiet()) {
        quiet.add(checkpoint);
      }
    }
    return quiet;
  }

  private void note(ObjectNode line) {
    writing(
        "the run's history",
        folder.history(),
        file -> {
          try (Lines history = Lines.append(file)) {
            history.add(line);
          }
          return line;
        });
  }

  // ---- Changes
  // -------------------------------------------------------------------------------

  /** Makes the changes that the recipe has for this step, and those that others ask for. */
  private void change(Course course) {
    if (base.isEmpty()) {
      return;
    }
    List<Scheduled> schedule = base.get().schedule();
    while (watch.made() < schedule.size() && schedule.get(watch.made()).after() == step) {
      make(base.get(), schedule.get(watch.made()).change(), course);
    }
    for (Requests.Request request : asked(Requests::take)) {
      ObjectNode answer = answer(request, course);
      asked(
          all -> {
            all.answer(request, answer);
            return answer;
          });
    }
  }

  /** Makes all that is asked for, or tells what does not fit. */
  private ObjectNode answer(Requests.Request request, Course course) {
    Composed next = base.orElseThrow();
    int place = watch.made();
    try {
      List<Change> all = new ArrayList<>(watch.changes());
      for (Change change : request.changes()) {
        // Before what is still to come, for changes take effect in the recipe's order.
        List<Scheduled> schedule = new ArrayList<>(next.schedule());
        schedule.add(place, new Scheduled(step, change));
        next = next.changed(List.of(Scheduled.all(schedule)));
        all.add(next.schedule().get(place++).change());
        next.changed(all);
      }
    } catch (RecipeException e) {
      return Records.refused(e.problems());
    } catch (CompositionException e) {
      return Records.refused(List.of(new Problem("", e.getMessage(), "")));
    }
    List<Change> made = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    for (Scheduled one : next.schedule().subList(watch.made(), place)) {
      made.add(one.change());
      anew.addAll(make(next, one.change(), course));
    }
    return Records.changed(step, made, anew);
  }

  private List<String> make(Composed of, Change change, Course course) {
    List<Change> all = new ArrayList<>(watch.changes());
    all.add(change);
    List<String> anew = course.learner().recompose(of.changed(all));
    if (!of.yaml().equals(base.orElseThrow().yaml())) {
      // In the recipe before anything is told of it: a training that is killed makes it again.
      writing(
          "the run's recipe",
          folder.recipe(),
          file -> {
            Durable.write(folder.lockFile(), Json.file(Records.lock(of)));
            Durable.write(file, of.yaml().getBytes(StandardCharsets.UTF_8));
            return file;
          });
      base = Optional.of(of);
    }
    watch.make(change);
    note(Records.changed(watch.nextEvent(), step, change, anew));
    course.listener().changed(step, change, anew, of);
    return anew;
  }

  private interface Asking<T> {
    T of(Requests requests) throws IOException;
  }

  private <T> T asked(Asking<T> asking) {
    return writing("an answer", requests.folder(), folder -> asking.of(requests));
  }

  // ---- Words and files
  // ------------------------------------------------------------------------

  private String sentence(RuntimeException failure) {
    Optional<String> outOfMemory = outOfMemory(failure);
    if (outOfMemory.isPresent()) {
      return outOfMemory.get();
    }
    String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return "the training failed " + place() + ": " + said;
  }

  private Optional<String> outOfMemory(Throwable failure) {
    OptionalLong requested = OutOfMemory.requested(failure);
    return requested.isPresent() && opened
        ? Optional.of(
            OutOfMemory.message(
                place(),
                settings.batch(),
                requested.getAsLong(),
                OutOfMemory.resident() - memory,
                OutOfMemory.available()))
        : Optional.empty();
  }

  private String place() {
    return step == 0 ? "at its start" : "after step " + step;
  }

  private double seconds() {
    return start.seconds() + (nanoTime.getAsLong() - startTime) / 1e9;
  }

  private long steps() {
    return base.map(Composed::steps).orElse(settings.steps());
  }

  private boolean due(long every) {
    return every > 0 && step % every == 0;
  }

  private Path sample(Learner learner) {
    Path picture = folder.samples().resolve(Checkpoints.name(step) + ".png");
    return writing(
        "a picture",
        picture,
        file -> {
          learner.draw(file);
          return file;
        });
  }

  private Path checkpoint(Learner learner) {
    Path written =
        writing(
            "a checkpoint",
            folder.checkpoints().resolve(Checkpoints.name(step)),
            place ->
                checkpoints.write(
                    step,
                    into -> {
                      learner.save(into);
                      Files.copy(folder.lockFile(), into.resolve(folder.lockFile().getFileName()));
                      if (!watch.idle() || watch.made() > 0 || best.isPresent()) {
                        watch.health().write(into);
                      }
                    }));
    if (best.filter(b -> b.ends(step)).isPresent()) {
      watch.mean(Best.Mean.NONE);
    }
    return written;
  }

  private RunState record(Status status, String reason) {
    RunState state =
        new RunState(
            status,
            step,
            steps(),
            Json.seconds(seconds()),
            reason,
            start.resumed(),
            watch.troubles());
    return writing(
        "the run's state",
        folder.stateFile(),
        file -> {
          Durable.write(file, Json.file(Records.state(state)));
          return state;
        });
  }

  private RunException failed(RunException failure) {
    try {
      record(Status.FAILED, failure.getMessage());
    } catch (RunException unrecorded) {
      failure.addSuppressed(unrecorded);
    }
    return failure;
  }

  /** Something that writes to a path. */
  private interface Writing<T> {
    T to(Path path) throws IOException;
  }

  private static <T> T writing(String what, Path path, Writing<T> writing) {
    try {
      return writing.to(path);
    } catch (IOException e) {
      throw unwritten(what, path, e);
    } catch (UncheckedIOException e) {
      throw unwritten(what, path, e.getCause());
    }
  }

  private static RunException unwritten(String what, Path path, IOException failure) {
    return new RunException(
        "cannot write " + what + " to " + path + ": " + Reason.of(failure), failure);
  }

  /** The history, with failures in words. */
  private final class Reports implements AutoCloseable {

    private History history;

    private Reports() {
      open();
    }

    /** Goes on at the end of what is there. */
    private void open() {
      history = reporting(file -> History.open(folder, start.created()));
    }

    private void add(Map<String, Double> values) {
      reporting(
          file -> {
            history.add(step, seconds(), values);
            return file;
          });
    }

    private void sync() {
      reporting(
          file -> {
            history.sync();
            return file;
          });
    }

    @Override
    public void close() {
      reporting(
          file -> {
            history.close();
            return file;
          });
    }

    private <T> T reporting(Writing<T> writing) {
      return writing("the metrics", folder.metrics(), writing);
    }
  }
}
