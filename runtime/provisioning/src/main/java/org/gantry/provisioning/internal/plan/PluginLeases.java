package org.gantry.provisioning.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.gantry.components.PluginJar;
import org.gantry.provisioning.PluginProvisioner;
import org.gantry.recipes.text.JsonFiles;

/**
 * The plugins that running trainings use. A lease is a file with the plugins and a lock on another
 * file. The system releases the lock when the process ends, in whatever way.
 *
 * @param folder the folder with the leases; may be missing
 */
public record PluginLeases(Path folder) {

  private static final String LEASE = ".json";
  private static final String LOCK = ".lock";

  /**
   * Acquires a lease. Returns one without effect if the folder cannot be written, because the
   * plugins cannot be removed then either.
   */
  public PluginProvisioner.PluginLease acquire(String run, Collection<PluginJar> plugins) {
    String id = processId() + "-" + UUID.randomUUID();
    Path file = folder.resolve(id + LEASE);
    Path lock = folder.resolve(id + LOCK);
    ObjectNode json = JsonFiles.object().put("run", run);
    ArrayNode list = json.putArray("plugins");
    for (PluginJar plugin : plugins) {
      list.addObject()
          .put("name", plugin.name())
          .put("version", plugin.version())
          .put("sha256", plugin.sha256());
    }
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new IOException("the new file " + lock + " is locked already");
      }
      StateFiles.write(file, JsonFiles.file(json));
      return () -> release(file, lock, channel);
    } catch (IOException e) {
      return () -> {};
    }
  }

  private static void release(Path file, Path lock, FileChannel channel) {
    try (channel) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(lock);
    } catch (IOException e) {
      // A lease without a lock has no effect.
      return;
    }
  }

  /** The runs that use a jar. Also removes the leases of processes that have ended. */
  public List<String> runsUsing(PluginJar plugin) throws IOException {
    List<String> runs = new ArrayList<>();
    for (Path file : StateFiles.list(folder)) {
      String name = file.getFileName().toString();
      if (!name.endsWith(LEASE)) {
        continue;
      }
      String id = name.substring(0, name.length() - LEASE.length());
      if (!isHeld(id)) {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder.resolve(id + LOCK));
        continue;
      }
      JsonNode lease = JsonFiles.read(file);
      for (JsonNode used : lease.path("plugins")) {
        if (plugin.equals(jar(used))) {
          runs.add(lease.path("run").asText());
        }
      }
    }
    return runs;
  }

  private static PluginJar jar(JsonNode json) {
    return new PluginJar(
        json.path("name").asText(), json.path("version").asText(), json.path("sha256").asText());
  }

  private boolean isHeld(String id) throws IOException {
    // Closing a channel to a lock file of this process would release the lock.
    if (id.startsWith(processId() + "-")) {
      return true;
    }
    try (FileChannel channel =
            FileChannel.open(folder.resolve(id + LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Identifies this process, even if a later one gets the same process id. */
  private static String processId() {
    ProcessHandle process = ProcessHandle.current();
    return process.pid()
        + "-"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
