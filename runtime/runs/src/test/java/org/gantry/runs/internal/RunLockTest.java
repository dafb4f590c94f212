package org.gantry.runs.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.runs.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir Path directory;

  @Test
  void oneHoldsAtATimeAndTheNextMayAfterwards() {
    RunLock first = RunLock.acquire(directory);
    for (int i = 0; i < 2; i++) {
      assertTrue(RunLock.held(directory));
      assertThrows(RunException.class, () -> RunLock.acquire(directory));
    }
    first.close();

    assertFalse(RunLock.held(directory));
    RunLock.acquire(directory).close();
  }

  @Test
  void workThatFailsFreesTheLock() {
    assertThrows(
        IllegalStateException.class,
        () ->
            RunLock.holding(
                directory,
                () -> {
                  throw new IllegalStateException();
                }));

    assertEquals(7, RunLock.holding(directory, () -> 7));
  }

  /** A number of a process that is long gone, and that this one may have got again. */
  @Test
  void whatAProcessLeftThatDiedHoldsNothing() throws IOException {
    Files.writeString(directory.resolve(RunLock.LOCK), "");
    Files.writeString(
        directory.resolve(RunLock.HOLDER),
        "{\"pid\":" + ProcessHandle.current().pid() + ",\"process\":\"another\"}");

    assertFalse(RunLock.held(directory));
    RunLock.acquire(directory).close();
  }

  @Test
  void askingLeavesNoTrace() throws IOException {
    assertFalse(RunLock.held(directory));
    assertFalse(RunLock.held(directory.resolve("none")));
    try (Stream<Path> entries = Files.list(directory)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  @Test
  void aFolderThatIsGoneCannotBeLocked() {
    Path none = directory.resolve("none");

    String message = assertThrows(RunException.class, () -> RunLock.acquire(none)).getMessage();
    assertTrue(message.startsWith("cannot lock the run folder " + none + ": "), message);
  }

  @Test
  void aFolderThatGoesAwayTakesTheLockWithIt() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    RunLock lock = RunLock.acquire(run);
    Durable.remove(run);

    lock.close();

    assertFalse(RunLock.held(run));
  }
}
