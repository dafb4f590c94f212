package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
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

  private static final int CHECKPOINTS_KEPT = 2;

  private final RunFolder folder;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final long start;
  private long step;

  /**
   * Creates a loop at step 0.
   *
   * @param settings how many steps, and what to write how often
   * @param nanoTime the clock
   */
  public Loop(RunFolder folder, Settings settings, LongSupplier nanoTime) {
    this.folder = folder;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
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
        History history = new History(writing("the metrics", folder.metrics(), Lines::append))) {
      listener.started(settings.steps(), threads);
      boolean last = false;
      while (!last) {
        Map<String, Double> values = learner.step();
        step++;
        last = stop.getAsBoolean() || step >= settings.steps();
        if (last || step == 1 || due(settings.logEvery())) {
          history.add(Records.metrics(step, seconds(), values));
        }
        listener.step(step, settings.steps(), seconds(), values);
        if (last || due(settings.sampleEvery())) {
          listener.sampled(sample(learner));
        }
        if (last || due(settings.checkpointEvery())) {
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
      throw failed(new RunException("the training failed " + place() + ": " + said(e), e));
    } catch (Error e) {
      failed(new RunException("the training failed " + place() + ": " + e, e));
      throw e;
    }
  }

  private String place() {
    return step == 0 ? "at its start" : "after step " + step;
  }

  private static String said(RuntimeException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private double seconds() {
    return (nanoTime.getAsLong() - start) / 1e9;
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
    Checkpoints checkpoints = new Checkpoints(folder.checkpoints(), CHECKPOINTS_KEPT);
    return writing(
        "a checkpoint",
        folder.checkpoints().resolve(Checkpoints.name(step)),
        place -> checkpoints.write(step, learner::save));
  }

  private RunState record(Status status, String reason) {
    RunState state = new RunState(status, step, settings.steps(), Json.seconds(seconds()), reason);
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

  /** The metrics file, with failures in words. */
  private final class History implements AutoCloseable {

    private final Lines lines;

    private History(Lines lines) {
      this.lines = lines;
    }

    private void add(ObjectNode line) {
      writing(
          "the metrics",
          folder.metrics(),
          file -> {
            lines.add(line);
            return line;
          });
    }

    @Override
    public void close() {
      writing(
          "the metrics",
          folder.metrics(),
          file -> {
            lines.close();
            return file;
          });
    }
  }
}
