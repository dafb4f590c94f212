package org.gantry.runs.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.TrainSettings;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.RunState.RunStatus;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.artefacts.TrainingArtefacts;
import org.gantry.runs.internal.loop.TrainingState.StartPoint;
import org.gantry.runs.internal.store.CheckpointStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a training records when it fails. */
class TrainingFailureTest {

  @TempDir Path directory;

  private final TrainingListener listener = new TrainingListener() {};
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
  void aDivergedTrainingRecordsItsReasonAndKeepsItsCheckpoints() throws IOException {
    learner.failure = new RunException("the training diverged at step 7");
    learner.failsAfter = 6;

    RunException diverged = failureOf(settings(100, 0, 50, 5));

    assertSame(learner.failure, diverged);
    assertEquals(
        new RunState(RunStatus.FAILED, 6, 100, 0, "the training diverged at step 7", 0),
        folder.state());
    assertEquals(List.of("step-000005"), names(folder.checkpoints()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatIsFullForMetricsIsNamedAndRecorded() throws IOException {
    Files.createSymbolicLink(folder.metrics(), Path.of("/dev/full"));

    RunException full = failureOf(settings(5, 0, 1, 0));

    assertEquals(
        "cannot write the metrics to " + folder.metrics() + ": No space left on device",
        full.getMessage());
    assertEquals(RunStatus.FAILED, folder.state().status());
    Files.delete(folder.metrics());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDiskThatIsFullForEventsIsNamedAndRecorded() throws IOException {
    Files.createSymbolicLink(folder.events(), Path.of("/dev/full"));

    RunException full = failureOf(settings(5, 0, 1, 0));

    assertEquals(
        "cannot write the metrics to %s: No space left on device (%s)"
            .formatted(folder.metrics(), folder.events()),
        full.getMessage());
    assertEquals(full.getMessage(), folder.state().reason());
    Files.delete(folder.events());
  }

  @Test
  void aDiskThatIsFullForAPictureIsNamedAndRecorded() throws IOException {
    learner.noPictureFrom = 10;

    RunException full = failureOf(settings(20, 5, 1, 5));

    assertEquals(
        "cannot write a picture to "
            + folder.samples().resolve("step-000010.png")
            + ": No space left on device",
        full.getMessage());
    assertEquals(full.getMessage(), folder.state().reason());
    assertEquals(List.of("step-000005"), names(folder.checkpoints()));
  }

  @Test
  void aFullDiskKeepsTheEarlierCheckpoints() throws IOException {
    learner.fullFrom = 10;

    RunException full = failureOf(settings(20, 0, 1, 5));

    assertEquals(
        "cannot write a checkpoint to "
            + folder.checkpoints().resolve("step-000010")
            + ": No space left on device",
        full.getMessage());
    assertEquals(List.of("step-000005"), names(folder.checkpoints()));
    assertEquals(
        5, new CheckpointStore(folder.checkpoints(), 2).scan().newest().orElseThrow().step());
    assertEquals(RunStatus.FAILED, folder.state().status());
    assertTrue(learner.closed);
  }

  @Test
  void aFolderThatIsRemovedDuringTheTrainingIsNamed() {
    RunException gone =
        assertThrows(
            RunException.class,
            () ->
                run(
                    settings(20, 0, 1, 5),
                    () -> {
                      if (learner.step == 3) {
                        remove(folder.path());
                      }
                      return false;
                    }));

    assertTrue(
        gone.getMessage().startsWith("cannot write a checkpoint to " + folder.checkpoints()),
        gone.getMessage());
    assertEquals(1, gone.getSuppressed().length, "the state could not be recorded either");
  }

  @Test
  void aFailingComponentFailsTheRunWithItsMessage() {
    learner.failure = new IllegalArgumentException("the loss cannot cope");

    RunException failed = failureOf(settings(20, 0, 1, 5));

    assertEquals("the training failed at its start: the loss cannot cope", failed.getMessage());
    assertEquals(RunStatus.FAILED, folder.state().status());
    assertSame(learner.failure, failed.getCause());
  }

  @Test
  void networksThatCannotBeAllocatedFailTheRun() {
    IllegalStateException none = new IllegalStateException("not enough memory");
    TrainingLoop loop = loop(settings(5, 0, 1, 0), new AtomicLong()::incrementAndGet);

    RunException failed =
        assertThrows(
            RunException.class,
            () ->
                loop.run(
                    () -> {
                      throw none;
                    },
                    1,
                    () -> false));

    assertEquals("the training failed at its start: not enough memory", failed.getMessage());
    assertEquals(RunStatus.FAILED, folder.state().status());
  }

  @Test
  void anOutOfMemoryErrorNamesABatchThatFits() {
    learner.failure =
        new IllegalStateException(
            "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8000000000000000"
                + " bytes. Error code 12 (Cannot allocate memory)");
    learner.failsAfter = 3;

    RunException failed = failureOf(settings(20, 0, 1, 5));

    assertEquals(
        "the training ran out of memory after step 3: with a batch of 8 the engine asked for"
            + " another 8000000.0 GB; set train.batch to 1, which should fit",
        failed.getMessage());
    assertEquals(failed.getMessage(), folder.state().reason());
  }

  @Test
  void anErrorIsRecordedAndRethrown() {
    learner.error = new StackOverflowError("too deep");

    assertThrows(StackOverflowError.class, () -> run(settings(20, 0, 1, 5), () -> false));
    assertEquals(RunStatus.FAILED, folder.state().status());
    assertTrue(folder.state().reason().contains("too deep"));
  }

  @Test
  void aTooSmallHeapIsReportedWithTheSetting() {
    learner.error = new OutOfMemoryError("Java heap space");

    RunException failed = failureOf(settings(20, 0, 1, 5));

    assertTrue(
        failed.getMessage().startsWith("the training ran out of Java's heap at its start, which"),
        failed.getMessage());
    assertEquals(failed.getMessage(), folder.state().reason());
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

  private RunException failureOf(TrainSettings settings) {
    return assertThrows(RunException.class, () -> run(settings, () -> false));
  }

  private static TrainSettings settings(
      long steps, long sampleEvery, long logEvery, long checkpoint) {
    return new TrainSettings(steps, 8, 1, sampleEvery, logEvery, checkpoint, 2, 100, 1);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static void remove(Path folder) {
    try {
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
