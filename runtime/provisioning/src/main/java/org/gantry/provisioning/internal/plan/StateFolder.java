package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.gantry.host.support.AtomicFiles;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.host.support.TextFiles;
import org.gantry.provisioning.ProvisioningException;

/**
 * The folder with the state of an installation: a store of jars by hash, numbered generations of
 * the lock file, and a pointer to the current generation. Only the pointer is ever replaced.
 */
public final class StateFolder {

  private static final String LOCK_FILE = "plugins.lock.json";
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

  /** How many generations are kept. */
  private static final int KEPT_GENERATIONS = 20;

  private final Path path;

  /** Held by the thread of this process that changes the folder. */
  private final ReentrantLock threads = new ReentrantLock();

  /**
   * Describes a folder.
   *
   * @param path may be missing; the installation then has only the product's own plugins
   */
  public StateFolder(Path path) {
    this.path = path;
  }

  /** The folder; may be missing. */
  public Path path() {
    return path;
  }

  /**
   * The current generation.
   *
   * @param generation its number
   * @param lockFile its lock file
   */
  public record CurrentState(int generation, LockFile lockFile) {}

  /**
   * Reads the current generation.
   *
   * @throws ProvisioningException if it cannot be read
   */
  public CurrentState readCurrent() {
    try {
      int generation = currentGeneration();
      return new CurrentState(generation, lockFile(generation));
    } catch (IOException e) {
      throw new ProvisioningException(
          false,
          ErrorText.of(e),
          "'gantry plugins rollback' returns to the previous generation.",
          e);
    }
  }

  /** The number of the current generation; 0 is the product's own. */
  public int currentGeneration() throws IOException {
    try {
      return Integer.parseInt(TextFiles.read(pointer()).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(pointer() + " does not contain a number", e);
    }
  }

  /** Reads the lock file of a generation. */
  public LockFile lockFile(int generation) throws IOException {
    if (generation == 0) {
      return LockFile.PRODUCT;
    }
    Path file = lockPath(generation);
    try {
      return LockFile.read(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no " + file, e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + ErrorText.of(e), e);
    }
  }

  /** The numbers of all generations, in ascending order. */
  public List<Integer> generations() throws IOException {
    List<Integer> numbers = new ArrayList<>(List.of(0));
    for (Path folder : StateFiles.list(path.resolve("generations"))) {
      String name = folder.getFileName().toString();
      if (name.matches("[1-9]\\d{0,8}") && Files.exists(folder.resolve(LOCK_FILE))) {
        numbers.add(Integer.parseInt(name));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** Writes a new generation without making it the current one; returns its number. */
  public int addGeneration(LockFile lock) throws IOException {
    List<Integer> numbers = generations();
    int number = numbers.get(numbers.size() - 1) + 1;
    Files.createDirectories(lockPath(number).getParent());
    StateFiles.write(lockPath(number), lock.toJson());
    return number;
  }

  /** Makes a generation the current one, atomically. */
  public void setCurrent(int generation) throws IOException {
    Files.createDirectories(path);
    StateFiles.write(pointer(), (generation + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Removes a generation that is not the current one. */
  public void removeGeneration(int generation) throws IOException {
    Files.deleteIfExists(lockPath(generation));
    Files.deleteIfExists(lockPath(generation).getParent());
  }

  private Path lockPath(int generation) {
    return path.resolve("generations").resolve(Integer.toString(generation)).resolve(LOCK_FILE);
  }

  private Path pointer() {
    return path.resolve("current");
  }

  /** The file in the store for a jar; may be missing. */
  public Path storedJar(String sha256) {
    return path.resolve("store").resolve(sha256 + ".jar");
  }

  /** Copies a jar into the store unless it is there already, intact. */
  public void store(Path jar, String sha256) throws IOException {
    Path stored = storedJar(sha256);
    Files.createDirectories(stored.getParent());
    if (!Files.exists(stored) || !Sha256.of(stored).equals(sha256)) {
      StateFiles.copy(jar, stored);
    }
  }

  /** Creates a folder for downloads. */
  public Path newStagingFolder() throws IOException {
    return Files.createDirectories(path.resolve("staging").resolve(UUID.randomUUID().toString()));
  }

  /** Why a jar is in quarantine and must not start; empty if it may start. */
  public Optional<String> quarantineReason(String sha256) {
    try {
      return Optional.of(TextFiles.read(quarantineFile(sha256)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Quarantines a jar, so that it does not start again; does nothing if that cannot be written. */
  public void quarantine(String sha256, String reason) {
    try {
      Files.createDirectories(quarantineFile(sha256).getParent());
      StateFiles.write(quarantineFile(sha256), reason.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The jar then fails again at the next start.
      return;
    }
  }

  /** Lets a jar start again. */
  public void releaseFromQuarantine(String sha256) throws IOException {
    Files.deleteIfExists(quarantineFile(sha256));
  }

  private Path quarantineFile(String sha256) {
    return path.resolve("quarantine").resolve(sha256 + ".txt");
  }

  /**
   * Removes old generations, jars that no generation needs, and remains of killed processes.
   *
   * @return how many jars and temporary files were removed
   */
  public int removeUnused() throws IOException {
    List<Integer> numbers = generations();
    int current = currentGeneration();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - KEPT_GENERATIONS))) {
      if (number != current && number != 0) {
        removeGeneration(number);
      }
    }
    int removed = 0;
    Optional<Set<String>> needed = neededJars();
    for (Path jar : StateFiles.list(path.resolve("store"))) {
      if (needed.isPresent() && !needed.get().contains(jar.getFileName().toString())) {
        Files.delete(jar);
        removed++;
      }
    }
    for (Path staged : StateFiles.list(path.resolve("staging"))) {
      removed += removeTree(staged);
    }
    return removed;
  }

  private static int removeTree(Path tree) throws IOException {
    int removed;
    try (Stream<Path> files = Files.walk(tree)) {
      removed = (int) files.count();
    } catch (NoSuchFileException e) {
      // The process that created it has just removed it.
      return 0;
    }
    AtomicFiles.delete(tree);
    return removed;
  }

  /** The jars of all generations; empty if a generation cannot be read, because it may need any. */
  private Optional<Set<String>> neededJars() throws IOException {
    Set<String> needed = new HashSet<>();
    for (int number : generations()) {
      try {
        lockFile(number).plugins().forEach(plugin -> needed.add(plugin.sha256() + ".jar"));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.of(needed);
  }

  /**
   * Work on files.
   *
   * @param <T> what it returns
   */
  public interface FileWork<T> {

    /** Does the work. */
    T run() throws IOException;
  }

  /**
   * Does some work while no other thread or process changes this folder.
   *
   * @throws ProvisioningException if the folder stays locked for ten seconds
   */
  public <T> T withLock(FileWork<T> work) throws IOException {
    Files.createDirectories(path);
    long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
    try {
      if (!threads.tryLock(LOCK_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw locked();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw locked();
    }
    // The system releases the lock when the process ends.
    try (FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        awaitLock(channel, deadline - System.nanoTime());
      }
      return work.run();
    } catch (OverlappingFileLockException e) {
      // Another installation in this process has the same folder.
      throw locked();
    } finally {
      threads.unlock();
    }
  }

  /**
   * Waits in another thread, because a blocking lock has no time limit. Closing the channel ends
   * the wait.
   */
  private void awaitLock(FileChannel channel, long nanos) throws IOException {
    FutureTask<FileLock> locking = new FutureTask<>(channel::lock);
    Thread thread = new Thread(locking, "state-lock");
    thread.setDaemon(true);
    thread.start();
    try {
      locking.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw locked();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw locked();
    }
  }

  private ProvisioningException locked() {
    return new ProvisioningException(
        false,
        "another process is changing the plugins in " + path,
        "Wait until it has finished.",
        null);
  }
}
