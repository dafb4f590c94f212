package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir Path directory;

  @Test
  void theLockIsHeldByOneTrainingAtATime() {
    RunLock first = RunLock.acquire(directory);
    for (int i = 0; i < 2; i++) {
      assertTrue(RunLock.isHeld(directory));
      assertThrows(RunException.class, () -> RunLock.acquire(directory));
    }
    first.close();

    assertFalse(RunLock.isHeld(directory));
    RunLock.acquire(directory).close();
  }

  @Test
  void failingWorkReleasesTheLock() {
    assertThrows(
        IllegalStateException.class,
        () ->
            RunLock.runLocked(
                directory,
                () -> {
                  throw new IllegalStateException();
                }));

    assertEquals(7, RunLock.runLocked(directory, () -> 7));
  }

  /** A dead process may have had the id of this process. */
  @Test
  void theFilesOfADeadProcessHoldNoLock() throws IOException {
    Files.writeString(directory.resolve(RunLock.LOCK), "");
    Files.writeString(
        directory.resolve(RunLock.HOLDER),
        "{\"pid\":" + ProcessHandle.current().pid() + ",\"process\":\"another\"}");

    assertFalse(RunLock.isHeld(directory));
    RunLock.acquire(directory).close();
  }

  @Test
  void queriesWriteNothing() throws IOException {
    assertFalse(RunLock.isHeld(directory));
    assertFalse(RunLock.isHeld(directory.resolve("none")));
    try (Stream<Path> entries = Files.list(directory)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  /** A training is never refused because of a query. */
  @Test
  void aQueryIsNotMistakenForATraining() throws Exception {
    RunLock.acquire(directory).close();
    Process asking = asking(directory);
    try {
      assertEquals('a', asking.getInputStream().read());
      for (int i = 0; i < 500; i++) {
        RunLock.acquire(directory).close();
      }
      assertTrue(asking.isAlive(), "it asked all the time");
    } finally {
      asking.destroyForcibly().waitFor();
    }
  }

  private static Process asking(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LockQueryProcess.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Queries forever. */
  static final class LockQueryProcess {

    private LockQueryProcess() {}

    public static void main(String[] args) {
      for (boolean said = false; ; said = true) {
        RunLock.isHeld(Path.of(args[0]));
        if (!said) {
          System.out.println("asking");
        }
      }
    }
  }

  @Test
  void aMissingFolderCannotBeLocked() {
    Path none = directory.resolve("none");

    String message = assertThrows(RunException.class, () -> RunLock.acquire(none)).getMessage();
    assertTrue(message.startsWith("cannot lock the run folder " + none + ": "), message);
  }

  @Test
  void removingTheFolderReleasesTheLock() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    RunLock lock = RunLock.acquire(run);
    AtomicFiles.delete(run);

    lock.close();

    assertFalse(RunLock.isHeld(run));
  }
}
