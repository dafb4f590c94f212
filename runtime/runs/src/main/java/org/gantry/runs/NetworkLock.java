package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.NetworkFile;
import org.gantry.recipes.text.JsonFiles;

/**
 * The files that the networks of a run start from in {@code plugins.lock.json}, of which each
 * checkpoint has a copy.
 */
public final class NetworkLock {

  private static final String KEY = "networks";

  private NetworkLock() {}

  /** Adds the files to a lock. */
  static void addTo(ObjectNode lock, List<NetworkFile> files) {
    ArrayNode list = lock.putArray(KEY);
    for (NetworkFile file : files) {
      list.addObject()
          .put("network", file.network())
          .put("file", file.file().toString())
          .put("sha256", file.sha256());
    }
  }

  /**
   * Compares the files of a run with those that are there now. A network that takes another file by
   * now does not count.
   *
   * @param lock the lock of the run, or of a checkpoint
   * @return a clause for each file that has changed
   * @throws IOException if the lock cannot be read or lacks a field
   */
  public static List<String> differences(Path lock, ComposedRecipe composed) throws IOException {
    List<String> differences = new ArrayList<>();
    for (JsonNode entry : JsonFiles.read(lock).path(KEY)) {
      String network = JsonFiles.required(entry, "network", lock).asText();
      String file = JsonFiles.required(entry, "file", lock).asText();
      String sha256 = JsonFiles.required(entry, "sha256", lock).asText();
      composed.networkFiles().stream()
          .filter(now -> now.network().equals(network) && now.file().toString().equals(file))
          .filter(now -> !now.sha256().equals(sha256))
          .findFirst()
          .ifPresent(
              now ->
                  differences.add(
                      "the %s is from %s, whose SHA-256 was %s and is %s"
                          .formatted(network, file, sha256, now.sha256())));
    }
    return differences;
  }
}
