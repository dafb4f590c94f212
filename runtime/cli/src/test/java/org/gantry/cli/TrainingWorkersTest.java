package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gantry.cli.embedded.EmbeddedTrainings;
import org.gantry.embedded.GantryException;
import org.gantry.embedded.TrainingObserver;
import org.gantry.embedded.TrainingWorker;
import org.gantry.embedded.WorkerOutcome;
import org.gantry.embedded.WorkerOutcome.WorkerEnd;
import org.gantry.embedded.WorkerSettings;
import org.gantry.runs.RunFolder;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are threads of one process train a tiny game of eight steps over sockets. */
@TensorTest
class TrainingWorkersTest {

  private static final String WEIGHTS = "checkpoints/step-000008/generator.safetensors";

  private final CommandFixture stage = new CommandFixture();
  private final EmbeddedTrainings gantry = new EmbeddedTrainings(stage);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"all-reduce", "averaging", "multi-discriminator"})
  void oneWorkerTrainsToTheBitsOfTheCommand(String strategy) throws IOException {
    Path run = create("run");

    List<WorkerOutcome> outcomes = train(run, strategy, new TrainingObserver() {});

    assertEquals(List.of(new WorkerOutcome(WorkerEnd.DONE, 8, 8, "")), outcomes);
    Path plain = folder.resolve("plain");
    assertEquals(0, stage.run("train", "tiny", "--out", plain.toString()).exitCode());
    assertEquals(-1, Files.mismatch(plain.resolve(WEIGHTS), run.resolve(WEIGHTS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-reduce", "averaging", "multi-discriminator"})
  void severalWorkersTrainARunToItsEnd(String strategy) {
    Path run = create("run");

    List<WorkerOutcome> outcomes =
        train(run, strategy, new TrainingObserver() {}, new TrainingObserver() {});

    assertEquals(List.of(8L, 8L), outcomes.stream().map(WorkerOutcome::step).toList());
    assertEquals("done", new RunFolder(run).statusText());
    assertEquals(8, gantry.open(run).step());
  }

  @Test
  void aRequestToStopEndsAllWorkersWithACheckpointThatTheyContinue() {
    Path run = create("run");
    TrainingObserver impatient =
        new TrainingObserver() {
          @Override
          public boolean isStopRequested() {
            return true;
          }
        };

    List<WorkerOutcome> stopped = train(run, "averaging", impatient, new TrainingObserver() {});

    assertEquals(WorkerEnd.INTERRUPTED, stopped.get(0).end());
    // The workers have the same weights after every second step.
    assertEquals(2, stopped.get(0).step());
    assertEquals(WorkerEnd.INTERRUPTED, stopped.get(1).end());
    List<WorkerOutcome> continued =
        train(run, "averaging", new TrainingObserver() {}, new TrainingObserver() {});
    assertEquals(List.of(8L, 8L), continued.stream().map(WorkerOutcome::step).toList());
  }

  @Test
  void aWorkerThatFailsEndsTheOthersWithItsReason() {
    Path run = create("run");
    TrainingObserver failing =
        new TrainingObserver() {
          @Override
          public void stepDone(long step, long steps, Map<String, Double> values) {
            throw new IllegalStateException("the disk of this worker is full");
          }
        };

    List<WorkerOutcome> outcomes = train(run, "all-reduce", new TrainingObserver() {}, failing);

    assertEquals(WorkerEnd.ENDED_BY_OTHER, outcomes.get(0).end());
    assertTrue(outcomes.get(0).reason().contains("the disk of this worker is full"));
    assertEquals("failed", new RunFolder(run).statusText());
  }

  @Test
  void aWorkerWithOtherPluginsDoesNotBegin() {
    Path run = create("run");
    stage.ofContent("6b".repeat(32));

    GantryException refused =
        assertThrows(
            GantryException.class, () -> gantry.openWorker(settings(run, "averaging", "")));

    assertTrue(refused.getMessage().contains("a worker has other plugins than the run"));
  }

  @Test
  void aStrategyThatDoesNotExistIsAnError() {
    Path run = create("run");

    GantryException refused =
        assertThrows(GantryException.class, () -> gantry.openWorker(settings(run, "gossip", "")));

    assertTrue(refused.getMessage().contains("all-reduce, averaging, multi-discriminator"));
  }

  private Path create(String name) {
    Path run = folder.resolve(name);
    RunFolder.create(run, stage.recipes().compose("tiny", List.of()));
    return run;
  }

  private static WorkerSettings settings(Path run, String strategy, String secret) {
    return new WorkerSettings(
        run, "127.0.0.1", secret, strategy, 2, Duration.ofSeconds(60), notice -> {});
  }

  /** Trains with a worker for each observer; a worker that fails has the end of the others. */
  private List<WorkerOutcome> train(Path run, String strategy, TrainingObserver... observers) {
    WorkerSettings settings = settings(run, strategy, WorkerSettings.createSecret());
    List<TrainingWorker> workers = new ArrayList<>();
    for (int i = 0; i < observers.length; i++) {
      workers.add(gantry.openWorker(settings));
    }
    List<String> addresses = workers.stream().map(TrainingWorker::address).toList();
    ExecutorService threads = Executors.newFixedThreadPool(observers.length);
    try {
      List<Future<WorkerOutcome>> running = new ArrayList<>();
      for (int i = 0; i < observers.length; i++) {
        int rank = i;
        running.add(
            threads.submit(() -> workers.get(rank).train(addresses, rank, observers[rank])));
      }
      List<WorkerOutcome> outcomes = new ArrayList<>();
      for (Future<WorkerOutcome> worker : running) {
        outcomes.add(outcome(worker));
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
      workers.forEach(TrainingWorker::close);
    }
  }

  private static WorkerOutcome outcome(Future<WorkerOutcome> worker) {
    try {
      return worker.get();
    } catch (ExecutionException e) {
      return new WorkerOutcome(WorkerEnd.ENDED_BY_OTHER, 0, 0, e.getCause().getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
