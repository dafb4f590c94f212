package org.gantry.runs.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.gantry.recipes.Settings;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.Status;
import org.gantry.runs.Training.Listener;

/** The loop of one training: steps, and what is written between them. */
public final class Loop {

  private final RunFolder folder;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Start start;
  private final long startTime;
  private final Checkpoints checkpoints;
  private long step;
  private boolean opened;
  private long memory;

  /**
   * Creates a loop.
   *
   * @param settings how many steps, and what to write how often
   * @param nanoTime the clock; one that no clock change moves
   * @param start where the learner stands
   */
  public Loop(RunFolder folder, Settings settings, LongSupplier nanoTime, Start start) {
    this.folder = folder;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.start = start;
    this.startTime = nanoTime.getAsLong();
    this.checkpoints = new Checkpoints(folder.checkpoints(), settings.keep());
    this.step = start.step();
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
      listener.started(settings.steps(), threads);
      // A training may have been killed after its last checkpoint and before it could say so.
      boolean last = step >= settings.steps();
      while (!last) {
        Map<String, Double> values = learner.step();
        step++;
        last = stop.getAsBoolean() || step >= settings.steps();
        if (last || step == 1 || due(settings.logEvery())) {
          reports.add(values);
        }
        listener.step(step, settings.steps(), seconds(), values);
        if (last || due(settings.sampleEvery())) {
          listener.sampled(sample(learner));
        }
        if (last || due(settings.checkpointEvery())) {
          reports.sync();
          listener.checkpointed(checkpoint(learner));
          record(Status.RUNNING, "");
        }
      }
      RunState state = record(step >= settings.steps() ? Status.DONE : Status.INTERRUPTED, "");
      listener.finished(state);
      return state;
    } catch (RunException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      throw failed(new RunException(sentence(e), e));
    } catch (Error e) {
      failed(new RunException("the training failed " + place() + ": " + e, e));
      throw e;
    }
  }

  private String sentence(RuntimeException failure) {
    OptionalLong requested = OutOfMemory.requested(failure);
    if (requested.isPresent() && opened) {
      return OutOfMemory.message(
          place(),
          settings.batch(),
          requested.getAsLong(),
          OutOfMemory.resident() - memory,
          OutOfMemory.available());
    }
    String said = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return "the training failed " + place() + ": " + said;
  }

  private String place() {
    return step == 0 ? "at its start" : "after step " + step;
  }

  private double seconds() {
    return start.seconds() + (nanoTime.getAsLong() - startTime) / 1e9;
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
    return writing(
        "a checkpoint",
        folder.checkpoints().resolve(Checkpoints.name(step)),
        place -> checkpoints.write(step, learner::save));
  }

  private RunState record(Status status, String reason) {
    RunState state =
        new RunState(
            status, step, settings.steps(), Json.seconds(seconds()), reason, start.resumed());
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

    private final History history = reporting(file -> History.open(folder, start.created()));

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
