package org.gantry.provisioning.internal.plan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.Sha256;
import org.gantry.provisioning.ProvisioningException;

/**
 * The folder that keeps what was installed: a store of jars by their hashes, numbered generations
 * of the lock file, and the pointer to the present one, which is the only file that is ever
 * replaced.
 *
 * @param path may be missing, which is the product's own state
 */
public record StateFolder(Path path) {

  private static final String LOCK_FILE = "plugins.lock.json";
  private static final int ATTEMPTS = 250;
  private static final long PAUSE_MILLISECONDS = 40;

  /** How many generations stay. */
  private static final int KEPT = 20;

  // ---- Generations
  // ------------------------------------------------------------------------------

  /** The number of the present generation; 0 is the product's own. */
  public int currentGeneration() throws IOException {
    try {
      return Integer.parseInt(Files.readString(pointer()).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(pointer() + " holds no number", e);
    }
  }

  public LockFile lock(int generation) throws IOException {
    if (generation == 0) {
      return LockFile.PRODUCT;
    }
    try {
      return LockFile.read(lockFile(generation));
    } catch (NoSuchFileException e) {
      throw new IOException("there is no " + lockFile(generation), e);
    } catch (IOException e) {
      throw new IOException(lockFile(generation) + " cannot be read: " + ErrorText.of(e), e);
    }
  }

  /** The numbers of all generations that are there, in order. */
  public List<Integer> generations() throws IOException {
    List<Integer> numbers = new ArrayList<>(List.of(0));
    for (Path folder : list(path.resolve("generations"))) {
      String name = folder.getFileName().toString();
      if (name.matches("[1-9]\\d{0,8}") && Files.exists(folder.resolve(LOCK_FILE))) {
        numbers.add(Integer.parseInt(name));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** Writes a generation; nothing points to it yet. */
  public int addGeneration(LockFile lock) throws IOException {
    List<Integer> numbers = generations();
    int number = numbers.get(numbers.size() - 1) + 1;
    Files.createDirectories(lockFile(number).getParent());
    StateFiles.write(lockFile(number), lock.toJson());
    return number;
  }

  /** Moves the pointer. Before, the old generation is the present one, afterwards the new one. */
  public void setCurrent(int generation) throws IOException {
    Files.createDirectories(path);
    StateFiles.write(
        pointer(), (generation + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Removes a generation that nothing points to. */
  public void removeGeneration(int generation) throws IOException {
    Files.deleteIfExists(lockFile(generation));
    Files.deleteIfExists(lockFile(generation).getParent());
  }

  private Path lockFile(int generation) {
    return path.resolve("generations").resolve(Integer.toString(generation)).resolve(LOCK_FILE);
  }

  private Path pointer() {
    return path.resolve("current");
  }

  // ---- Jars
  // -------------------------------------------------------------------------------------

  public Path storedJar(String sha256) {
    return path.resolve("store").resolve(sha256 + ".jar");
  }

  /** Takes a jar into the store. */
  public void store(Path jar, String sha256) throws IOException {
    Path stored = storedJar(sha256);
    Files.createDirectories(stored.getParent());
    if (!Files.exists(stored) || !Sha256.of(stored).equals(sha256)) {
      StateFiles.copy(jar, stored);
    }
  }

  /** A new folder for what is fetched. */
  public Path newStagingFolder() throws IOException {
    return Files.createDirectories(path.resolve("staging").resolve(UUID.randomUUID().toString()));
  }

  // ---- Quarantine
  // -------------------------------------------------------------------------------

  /** Why a jar must not be started again; empty if it may. */
  public Optional<String> quarantineReason(String sha256) {
    try {
      return Optional.of(Files.readString(quarantined(sha256)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps a jar from being started again, as far as the folder can be written to. */
  public void quarantine(String sha256, String reason) {
    try {
      Files.createDirectories(quarantined(sha256).getParent());
      StateFiles.write(
          quarantined(sha256), reason.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Then it will be tried, and found out, each time.
      return;
    }
  }

  public void releaseFromQuarantine(String sha256) throws IOException {
    Files.deleteIfExists(quarantined(sha256));
  }

  private Path quarantined(String sha256) {
    return path.resolve("quarantine").resolve(sha256 + ".txt");
  }

  // ---- Tidiness
  // ---------------------------------------------------------------------------------

  /** Removes old generations, jars that no generation has, and what was left unfinished. */
  public int removeUnused() throws IOException {
    List<Integer> numbers = generations();
    int present = currentGeneration();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
      if (number != present && number != 0) {
        removeGeneration(number);
      }
    }
    int removed = 0;
    Optional<Set<String>> needed = needed();
    for (Path jar : list(path.resolve("store"))) {
      if (needed.isPresent() && !needed.get().contains(jar.getFileName().toString())) {
        Files.delete(jar);
        removed++;
      }
    }
    for (Path left : list(path.resolve("staging"))) {
      removed += delete(left);
    }
    return removed;
  }

  /** The jars of all generations; empty if one cannot be read, and so may need any of them. */
  private Optional<Set<String>> needed() throws IOException {
    Set<String> needed = new HashSet<>();
    for (int number : generations()) {
      try {
        lock(number).plugins().forEach(plugin -> needed.add(plugin.sha256() + ".jar"));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.of(needed);
  }

  /** Removes a file, or a folder with all that is in it. */
  public static int delete(Path path) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(path)) {
      all = found.sorted(java.util.Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return 0;
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
    return all.size();
  }

  public static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  // ---- The right to change
  // ----------------------------------------------------------------------

  /** Work on files. */
  public interface FileWork<T> {
    T get() throws IOException;
  }

  /** Does something that nobody else may do meanwhile, in this process or another. */
  public <T> T withLock(FileWork<T> work) throws IOException {
    Files.createDirectories(path);
    // The system takes the lock back when the process dies.
    try (FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // A lock that is waited for has no time limit, and this process may have it already.
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (locks(channel)) {
          return work.get();
        }
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProvisioningException(
        false, "somebody else is changing the plugins in " + path, "Wait for it to end.", null);
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
