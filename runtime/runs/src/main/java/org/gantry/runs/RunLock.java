package org.gantry.runs;

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

/**
 * The right to write into a run folder. One training holds it at a time. The operating system frees
 * the lock when its process ends, even if it is killed.
 */
public final class RunLock implements AutoCloseable {

  /** The locked file. It is never removed, because a lock on a removed file protects nothing. */
  public static final String LOCK = ".lock";

  /**
   * The file that names the holder. It is separate from the locked file: on POSIX systems a process
   * loses its locks on a file when it opens and closes that file.
   */
  static final String HOLDER = ".holder.json";

  /** Distinguishes this process from an earlier one with the same id. */
  private static final String PROCESS = UUID.randomUUID().toString();

  /** The byte of the lock file that a training holds. */
  private static final long TRAINING = 0;

  /**
   * The byte that a training or a query holds while it tries the other byte. Without it, a training
   * could mistake a query for another training.
   */
  private static final long TRYING = 1;

  private final Path holder;
  private final FileChannel channel;

  private RunLock(Path holder, FileChannel channel) {
    this.holder = holder;
    this.channel = channel;
  }

  /**
   * Acquires the lock.
   *
   * @param folder the folder of the run
   * @throws RunException if another training holds the lock, in this process or another, or the
   *     file cannot be locked
   */
  public static RunLock acquire(Path folder) {
    try {
      return tryAcquire(folder).orElseThrow(() -> new RunException(inUseMessage(folder)));
    } catch (IOException e) {
      throw new RunException("cannot lock the run folder " + folder + ": " + ErrorText.of(e), e);
    }
  }

  /** Runs work while holding the lock. */
  public static <T> T runLocked(Path folder, Supplier<T> work) {
    RunLock lock = acquire(folder);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /** Whether a training holds the lock. Writes nothing. */
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
      // Another Gantry in this process holds it.
      return true;
    } catch (IOException e) {
      // There was no training yet, or there cannot be one, because the folder is not writable.
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

  /** Locks the byte of trainings until the channel is closed. */
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

  private static String inUseMessage(Path folder) {
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
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(holder);
    } catch (IOException e) {
      // The folder was removed or is read-only. Closing the channel frees the lock.
      return;
    }
  }
}
