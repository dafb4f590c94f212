package org.gantry.provisioning.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
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
 * The plugins that runs are using. A lease is a file that says so, and a lock on another file,
 * which the system takes back when the process dies, however it dies.
 *
 * @param folder may be missing
 */
public record PluginLeases(Path folder) {

  private static final String LEASE = ".json";
  private static final String LOCK = ".lock";

  /** Takes a lease; where the folder cannot be written, nothing could be removed either. */
  public PluginProvisioner.PluginLease acquire(String run, Collection<PluginJar> plugins) {
    String id = process() + "-" + UUID.randomUUID();
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
        throw new IOException("nobody else can have the lock " + lock);
      }
      StateFiles.write(file, JsonFiles.file(json));
      return () -> give(file, lock, channel);
    } catch (IOException e) {
      return () -> {};
    }
  }

  private static void give(Path file, Path lock, FileChannel channel) {
    try (channel) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(lock);
    } catch (IOException e) {
      // Without the lock, it is no lease.
      return;
    }
  }

  /** The runs that use a jar of a plugin. */
  public List<String> runsUsing(PluginJar plugin) throws IOException {
    List<String> runs = new ArrayList<>();
    for (Path file : StateFolder.list(folder)) {
      String text = file.getFileName().toString();
      if (!text.endsWith(LEASE)) {
        continue;
      }
      String id = text.substring(0, text.length() - LEASE.length());
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
    // To look into a lock of one's own would give it back.
    if (id.startsWith(process() + "-")) {
      return true;
    }
    try (FileChannel channel =
            FileChannel.open(folder.resolve(id + LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }

  /** Tells this process from an earlier one that had the same number. */
  private static String process() {
    ProcessHandle process = ProcessHandle.current();
    return process.pid()
        + "-"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
