package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TextFiles;

/**
 * Records which plugin runs its code for the first time in a process. If the process ends
 * meanwhile, in whatever way, the record stays and accuses the plugin.
 *
 * @param folder the folder with a file for each running start; may be missing
 */
public record StartRecord(Path folder) {

  /**
   * A start that the process did not survive.
   *
   * @param sha256 the hash of the plugin
   * @param activity what the plugin did: {@code started}
   */
  public record FatalStart(String sha256, String activity) {}

  /**
   * Code of a plugin.
   *
   * @param <T> what it returns
   * @param <X> the checked exception that it throws
   */
  public interface RecordedCode<T, X extends Exception> {

    /** Runs the code. */
    T run() throws X;
  }

  /** Runs code of a plugin under a record, or without one if the folder cannot be written. */
  public <T, X extends Exception> T during(String sha256, String activity, RecordedCode<T, X> code)
      throws X {
    Path file = folder.resolve(processId() + "-" + UUID.randomUUID() + ".txt");
    try {
      Files.createDirectories(folder);
      // The record must survive this process, not the machine, so it is not synced.
      Files.writeString(file, sha256 + "\n" + activity + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      return code.run();
    }
    try {
      return code.run();
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The plugin is then accused wrongly, and the message says how to enable it again.
      return;
    }
  }

  /** Removes and returns the records of processes that have ended. */
  public List<FatalStart> takeFatal() {
    List<FatalStart> fatal = new ArrayList<>();
    try {
      for (Path file : StateFiles.list(folder)) {
        if (!isRunning(file.getFileName().toString())) {
          List<String> lines = TextFiles.lines(file);
          Files.deleteIfExists(file);
          if (lines.size() == 2 && Sha256.isHash(lines.get(0))) {
            fatal.add(new FatalStart(lines.get(0), lines.get(1)));
          }
        }
      }
    } catch (NoSuchFileException e) {
      // Another process has just taken it.
      return fatal;
    } catch (IOException e) {
      // Without the records, the plugins start as usual.
      return fatal;
    }
    return fatal;
  }

  private static boolean isRunning(String name) {
    String[] parts = name.split("-", 3);
    if (!parts[0].matches("\\d{1,18}")) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(parts[0]))
        .filter(ProcessHandle::isAlive)
        .map(process -> name.startsWith(id(process) + "-"))
        .orElse(false);
  }

  private static String processId() {
    return id(ProcessHandle.current());
  }

  /** Identifies a process, even if a later one gets the same process id. */
  private static String id(ProcessHandle process) {
    long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return process.pid() + "-" + start;
  }
}
