package org.gantry.spark;

import java.io.Serializable;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.gantry.embedded.EmbeddedGantry;
import org.gantry.embedded.GantryException;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingWorker;
import org.gantry.embedded.WorkerOutcome;
import org.gantry.embedded.WorkerSettings;
import org.gantry.spark.WorkerReport.TaskEnd;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * One worker, as a task of a barrier stage. The tasks exchange their addresses once through Spark,
 * and everything else through sockets of their own.
 */
final class WorkerTask
    extends AbstractFunction1<
        scala.collection.Iterator<Integer>, scala.collection.Iterator<WorkerReport>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Begins the message of a worker that cannot begin. */
  private static final String PROBLEM = "!";

  private final TrainingJob job;
  private final String secret;

  WorkerTask(TrainingJob job, String secret) {
    this.job = job;
    this.secret = secret;
  }

  @Override
  public scala.collection.Iterator<WorkerReport> apply(scala.collection.Iterator<Integer> ignored) {
    Iterator<WorkerReport> one = List.of(train(BarrierTaskContext.get())).iterator();
    return CollectionConverters.asScala(one);
  }

  private WorkerReport train(BarrierTaskContext context) {
    int rank = context.partitionId();
    TrainingWorker worker;
    try {
      worker = open(rank);
    } catch (GantryException e) {
      context.allGather(PROBLEM + e.getMessage());
      return new WorkerReport(rank, TaskEnd.FAILED, 0, 0, e.getMessage());
    }
    try (worker) {
      List<String> addresses = Arrays.asList(context.allGather(worker.address()));
      Optional<String> problem =
          addresses.stream().filter(address -> address.startsWith(PROBLEM)).findFirst();
      if (problem.isPresent()) {
        return new WorkerReport(
            rank, TaskEnd.ENDED_BY_OTHER, 0, 0, problem.get().substring(PROBLEM.length()));
      }
      WorkerOutcome outcome = worker.train(addresses, rank, new StoppableTraining(stop()));
      return new WorkerReport(
          rank,
          TaskEnd.valueOf(outcome.end().name()),
          outcome.step(),
          outcome.steps(),
          outcome.reason());
    } catch (GantryException e) {
      return new WorkerReport(rank, TaskEnd.FAILED, 0, 0, e.getMessage());
    }
  }

  private TrainingWorker open(int rank) {
    EmbeddedGantry gantry = ProcessInstallation.here().open(job);
    if (!Files.isRegularFile(job.runFolder().resolve("recipe.yaml"))) {
      throw new GantryException(
          "this machine does not see the folder %s of the run".formatted(job.run()),
          "Put the run into a folder that all workers share, with --out.",
          null);
    }
    RunNotes notes = new RunNotes(job.runFolder());
    return gantry.openWorker(
        new WorkerSettings(
            job.runFolder(),
            SparkEnv.get().blockManager().blockManagerId().host(),
            secret,
            job.strategy(),
            job.interval(),
            Duration.ofSeconds(job.limitSeconds()),
            sentence -> note(rank, notes, sentence)));
  }

  /** Worker 0 alone writes into the folder of the run. */
  private static void note(int rank, RunNotes notes, String sentence) {
    if (rank == 0) {
      notes.notice(sentence);
    } else {
      System.err.println("worker " + rank + ": " + sentence);
    }
  }

  private StopRequest stop() {
    return new StopRequest(job.runFolder());
  }

  /** Ends at the user's request. */
  private record StoppableTraining(StopRequest request) implements TrainingObserver {

    @Override
    public boolean isStopRequested() {
      return request.isMade();
    }
  }
}
