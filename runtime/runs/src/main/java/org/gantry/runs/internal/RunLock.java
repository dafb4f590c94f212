package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunException;

/**
 * The right to write into a run folder, held by one training at a time. The system frees the lock
 * when its process dies, however it dies.
 */
public final class RunLock implements AutoCloseable {

  /** The file that is locked; it stays, for a lock on a file that was removed holds nothing. */
  public static final String LOCK = ".lock";

  /**
   * Who holds the lock. A file of its own: on POSIX systems, a process that opens and closes a file
   * loses its locks on it, so that nobody may so much as look into the one that is locked.
   */
  static final String HOLDER = ".holder.json";

  /** Tells this process from an earlier one that had the same number. */
  private static final String PROCESS = UUID.randomUUID().toString();

  /** The byte of the lock file that a training holds. */
  private static final long TRAINING = 0;

  /**
   * The byte that is held while the other is tried, by trainings and by those who only ask; so that
   * nobody takes one who asks for a training.
   */
  private static final long TRYING = 1;

  private final Path holder;
  private final FileChannel channel;

  private RunLock(Path holder, FileChannel channel) {
    this.holder = holder;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param folder of the run
   * @throws RunException if another training has it, in this process or another, or the file system
   *     refuses
   */
  public static RunLock acquire(Path folder) {
    try {
      return tryAcquire(folder).orElseThrow(() -> new RunException(taken(folder)));
    } catch (IOException e) {
      throw new RunException("cannot lock the run folder " + folder + ": " + ErrorText.of(e), e);
    }
  }

  /** Does something under the lock. */
  public static <T> T runLocked(Path folder, Supplier<T> work) {
    RunLock lock = acquire(folder);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /** Whether a training holds the lock. Nothing is written. */
  public static synchronized boolean isHeld(Path folder) {
    if (heldHere(folder)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      FileLock trying = channel.lock(TRYING, 1, false);
      try (FileLock training = channel.tryLock(TRAINING, 1, false)) {
        return training == null;
      } finally {
        trying.release();
      }
    } catch (OverlappingFileLockException e) {
      // Another Gantry in this very process has it.
      return true;
    } catch (IOException e) {
      // No training has been there, or none can be, for it would have to write.
      return false;
    }
  }

  private static boolean heldHere(Path folder) {
    return PROCESS.equals(field(folder.resolve(HOLDER), "process"));
  }

  private static synchronized Optional<RunLock> tryAcquire(Path folder) throws IOException {
    if (heldHere(folder)) {
      return Optional.empty();
    }
    Path holder = folder.resolve(HOLDER);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked(channel)) {
        channel.close();
        return Optional.empty();
      }
      AtomicFiles.write(
          holder,
          JsonFiles.file(
              JsonFiles.object()
                  .put("pid", ProcessHandle.current().pid())
                  .put("process", PROCESS)));
      return Optional.of(new RunLock(holder, channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Takes the byte of trainings for good, after whoever tries it, too. */
  private static boolean locked(FileChannel channel) throws IOException {
    FileLock trying = channel.lock(TRYING, 1, false);
    try {
      return channel.tryLock(TRAINING, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } finally {
      trying.release();
    }
  }

  private static String taken(Path folder) {
    String pid = field(folder.resolve(HOLDER), "pid");
    return "another training uses the run folder "
        + folder
        + (pid.isEmpty() ? "" : ": process " + pid)
        + "; wait for it, or end it";
  }

  private static String field(Path file, String name) {
    try {
      JsonNode value = JsonFiles.read(file).get(name);
      return value == null ? "" : value.asText();
    } catch (IOException nobody) {
      return "";
    }
  }

  /** Frees the lock. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(holder);
    } catch (IOException e) {
      // The folder is gone or cannot be written to, and the lock goes with the channel.
      return;
    }
  }
}
