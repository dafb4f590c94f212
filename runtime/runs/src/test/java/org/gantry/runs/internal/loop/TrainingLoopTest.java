package org.gantry.runs.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.artefacts.TrainingArtefacts;
import org.gantry.runs.internal.loop.TrainingState.StartPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

  @TempDir Path directory;

  private final RecordingListener listener = new RecordingListener();
  private final CountingLearner learner = new CountingLearner();
  private RunFolder folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = new RunFolder(directory.resolve("run"));
    Files.createDirectories(folder.samples());
    Files.createDirectory(folder.checkpoints());
    Files.writeString(folder.lockFile(), "{}");
  }

  @Test
  void aTrainingPerformsItsStepsAndWritesArtefactsWhenDue() throws IOException {
    RunState end = run(settings(25, 10, 5, 12), () -> false);

    assertEquals(RunStatus.DONE, end.status());
    assertEquals(25, end.step());
    assertEquals(end, folder.state());
    assertEquals(List.of(1L, 5L, 10L, 15L, 20L, 25L), loggedSteps());
    assertEquals(
        List.of("step-000010.png", "step-000020.png", "step-000025.png"), names(folder.samples()));
    assertEquals(List.of("step-000024", "step-000025"), names(folder.checkpoints()));
    assertEquals(
        List.of(
            "started 25",
            "step 1",
            "sampled step-000010.png",
            "checkpointed step-000012",
            "sampled step-000020.png",
            "checkpointed step-000024",
            "sampled step-000025.png",
            "checkpointed step-000025",
            "finished DONE"),
        listener.important());
    assertTrue(learner.closed);
  }

  @Test
  void picturesAndCheckpointsCanBeLimitedToTheEnd() throws IOException {
    run(settings(7, 0, 5, 0), () -> false);

    assertEquals(List.of("step-000007.png"), names(folder.samples()));
    assertEquals(List.of("step-000007"), names(folder.checkpoints()));
  }

  @Test
  void aStoppedTrainingCompletesItsStepAndItsFolder() throws IOException {
    RunState end = run(settings(100, 50, 10, 50), () -> learner.step == 7);

    assertEquals(RunStatus.INTERRUPTED, end.status());
    assertEquals(7, end.step());
    assertEquals(end, folder.state());
    assertEquals(List.of(1L, 7L), loggedSteps());
    assertEquals(List.of("step-000007"), names(folder.checkpoints()));
  }

  @Test
  void aStopInTheLastStepIsNotAnInterruption() {
    assertEquals(RunStatus.DONE, run(settings(3, 0, 1, 0), () -> learner.step == 3).status());
  }

  @Test
  void aWatchedValueMayBeNaN() throws IOException {
    learner.convergence = Double.NaN;

    assertEquals(RunStatus.DONE, run(settings(5, 0, 1, 0), () -> false).status());
    assertTrue(Files.readString(folder.metrics()).contains("\"convergence\":\"NaN\""));
  }

  /** The system clock was an hour ahead when the run began. */
  @Test
  void aStartTimeInTheFutureChangesNothing() throws IOException {
    StartPoint future = StartPoint.first(Instant.now().plusSeconds(3600));

    RunState end =
        loop(settings(7, 3, 1, 3), new AtomicLong()::incrementAndGet, future)
            .run(() -> learner, 1, () -> false);

    assertEquals(RunStatus.DONE, end.status());
    assertEquals(List.of("step-000006", "step-000007"), names(folder.checkpoints()));
  }

  @Test
  void trainingTimeComesFromTheClock() throws IOException {
    AtomicLong clock = new AtomicLong();
    TrainingLoop loop = loop(settings(3, 0, 1, 0), clock::get);

    RunState end =
        loop.run(
            () -> learner,
            1,
            () -> {
              clock.addAndGet(500_000_000L);
              return false;
            });

    assertEquals(1.5, end.seconds());
    assertTrue(Files.readString(folder.metrics()).startsWith("{\"step\":1,\"seconds\":0.5,"));
  }

  private RunState run(TrainSettings settings, BooleanSupplier stop) {
    return loop(settings, new AtomicLong()::incrementAndGet).run(() -> learner, 1, stop);
  }

  private TrainingLoop loop(TrainSettings settings, LongSupplier clock) {
    return loop(settings, clock, StartPoint.first(Instant.EPOCH));
  }

  private TrainingLoop loop(TrainSettings settings, LongSupplier clock, StartPoint start) {
    return TrainingArtefacts.loop(
        new TrainingState(folder, settings, Optional.empty(), clock, start), listener);
  }

  private static TrainSettings settings(
      long steps, long sampleEvery, long logEvery, long checkpoint) {
    return new TrainSettings(steps, 8, 1, sampleEvery, logEvery, checkpoint, 2, 100, 1);
  }

  private List<Long> loggedSteps() throws IOException {
    List<Long> steps = new ArrayList<>();
    for (String line : Files.readAllLines(folder.metrics())) {
      steps.add(Long.parseLong(line.replaceFirst("\\{\"step\":(\\d+),.*", "$1")));
    }
    return steps;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** Records the calls. */
  private static final class RecordingListener implements TrainingListener {
    private final List<String> all = new ArrayList<>();

    List<String> important() {
      return all.stream().filter(e -> !e.startsWith("step ") || e.equals("step 1")).toList();
    }

    @Override
    public void started(long steps, int threads) {
      all.add("started " + steps);
    }

    @Override
    public void stepDone(long step, long steps, double seconds, Map<String, Double> values) {
      all.add("step " + step);
    }

    @Override
    public void pictureWritten(Path picture) {
      all.add("sampled " + picture.getFileName());
    }

    @Override
    public void checkpointWritten(Path checkpoint) {
      all.add("checkpointed " + checkpoint.getFileName());
    }

    @Override
    public void finished(RunState state) {
      all.add("finished " + state.status());
    }
  }
}
