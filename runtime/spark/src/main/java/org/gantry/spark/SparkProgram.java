package org.gantry.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.gantry.embedded.WorkerSettings;
import org.gantry.spark.JobDecision.JobNext;
import org.gantry.spark.WorkerStage.LostStageException;
import org.gantry.spark.WorkerStage.UnstartedStageException;

/**
 * Trains a run on a Spark cluster. If a worker is lost, the training continues from its last
 * checkpoint, as long as it makes progress. Sentences go to standard error; the exit code is that
 * of the command.
 */
public final class SparkProgram {

  /** Attempts without a new checkpoint before giving up. */
  static final int FRUITLESS = 3;

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_INPUT = 2;
  private static final int INTERRUPTED = 130;

  private final TrainingJob job;
  private final PrintStream err;
  private final RunNotes notes;

  private SparkProgram(TrainingJob job, PrintStream err) {
    this.job = job;
    this.err = err;
    notes = new RunNotes(job.runFolder());
  }

  /**
   * Trains.
   *
   * @param arguments the file with the description of the training, and the id of the process of
   *     the command
   */
  public static void main(String[] arguments) throws IOException {
    TrainingJob job = TrainingJob.read(Path.of(arguments[0]));
    StopRequest stop = new StopRequest(job.runFolder());
    stopWithoutParent(Long.parseLong(arguments[1]), stop);
    InterruptReaction.set(stop::make);
    System.exit(new SparkProgram(job, System.err).run());
  }

  /** Ends the training when the command ends, which would not hear of it any more. */
  private static void stopWithoutParent(long parent, StopRequest stop) {
    Thread waiting =
        new Thread(
            () -> {
              ProcessHandle.of(parent).ifPresent(process -> process.onExit().join());
              stop.make();
            },
            "gantry-parent");
    waiting.setDaemon(true);
    waiting.start();
  }

  private int run() {
    try (FilesToSend files = FilesToSend.create(job);
        JavaSparkContext context = new JavaSparkContext(SparkSettings.of(job))) {
      files.add(context);
      return train(new WorkerStage(context));
    } catch (UnstartedStageException e) {
      return end(
          WRONG_INPUT, e.getMessage() + "; use fewer --workers, or wait until cores are free");
    } catch (Exception e) {
      return end(FAILED, "the cluster %s cannot be used: %s".formatted(job.master(), reason(e)));
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }

  private int train(WorkerStage stage) throws UnstartedStageException {
    long reached = checkpoint();
    int fruitless = 0;
    while (true) {
      notes.started(job);
      JobDecision decision = attempt(stage);
      if (decision.next() != JobNext.RESUME) {
        return end(decision);
      }
      long step = checkpoint();
      fruitless = step > reached ? 0 : fruitless + 1;
      reached = Math.max(step, reached);
      if (new StopRequest(job.runFolder()).isMade()) {
        return INTERRUPTED;
      } else if (fruitless >= FRUITLESS) {
        return end(
            FAILED,
            "%s; that happened %d times without a new checkpoint after step %d, so the training ends"
                .formatted(decision.message(), fruitless, reached));
      }
      notes.lost(decision.message(), step);
    }
  }

  private JobDecision attempt(WorkerStage stage) throws UnstartedStageException {
    try {
      return JobDecision.of(stage.run(job, WorkerSettings.createSecret()));
    } catch (LostStageException e) {
      notes.keepDetails(String.valueOf(e.getCause().getMessage()));
      return new JobDecision(JobNext.RESUME, e.getMessage());
    }
  }

  /** The step of the latest checkpoint; 0 without one. */
  private long checkpoint() {
    try (Stream<Path> entries = Files.list(job.runFolder().resolve("checkpoints"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("step-\\d+"))
          .mapToLong(name -> Long.parseLong(name.substring("step-".length())))
          .max()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private int end(JobDecision decision) {
    return switch (decision.next()) {
      case DONE -> DONE;
      case INTERRUPTED -> INTERRUPTED;
      case FAILED, RESUME -> end(FAILED, decision.message());
    };
  }

  private int end(int code, String sentence) {
    err.println("error: " + sentence);
    return code;
  }
}
