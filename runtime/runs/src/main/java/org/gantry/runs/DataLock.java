package org.gantry.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gantry.data.DataInventory;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.JsonFiles;

/** The files of a run's data sets in {@code plugins.lock.json}. */
public final class DataLock {

  private static final String KEY = "data";

  private DataLock() {}

  /** Adds the files of data sets to a lock. */
  static void addTo(ObjectNode lock, List<DataInventory> inventories) {
    ArrayNode list = lock.putArray(KEY);
    for (DataInventory inventory : inventories) {
      list.addObject()
          .put("source", inventory.source())
          .put("samples", inventory.pictures().size())
          .put("sha256", inventory.fingerprint());
    }
  }

  /**
   * Compares the data sets of a run with those that are there now.
   *
   * @param file the lock of the run
   * @return a clause for each data set with other files than the run had
   */
  public static List<String> differences(Path file, ComposedRecipe composed) {
    List<String> differences = new ArrayList<>();
    try {
      for (JsonNode locked : JsonFiles.read(file).path(KEY)) {
        composed.inventories().stream()
            .filter(now -> now.source().equals(locked.path("source").asText()))
            .filter(now -> !now.fingerprint().equals(locked.path("sha256").asText()))
            .findFirst()
            .ifPresent(now -> differences.add(difference(locked, now)));
      }
    } catch (IOException e) {
      // The plugins in the same file are read first, and a failure is reported there.
      return List.of();
    }
    return differences;
  }

  private static String difference(JsonNode locked, DataInventory now) {
    return String.format(
        Locale.ROOT,
        "the files of %s have changed (%,d pictures then, %,d now)",
        now.source(),
        locked.path("samples").asInt(),
        now.pictures().size());
  }
}
