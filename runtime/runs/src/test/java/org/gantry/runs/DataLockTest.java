package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.gantry.data.DataInventory;
import org.gantry.data.DataInventory.FoundPicture;
import org.gantry.recipes.ComposedRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataLockTest {

  @TempDir Path directory;

  private static ComposedRecipe readFrom(String fingerprint, int pictures) {
    DataInventory inventory =
        new DataInventory(
            "photos",
            fingerprint,
            Collections.nCopies(pictures, new FoundPicture("p.png", "png", 8, 8, -1)),
            List.of(),
            List.of());
    return new ComposedRecipe(
        "",
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        "",
        List.of(),
        Map.of(),
        List.of(),
        List.of(inventory),
        List.of(),
        null);
  }

  @Test
  void filesThatHaveChangedAreReported() throws IOException {
    Path lock = directory.resolve("plugins.lock.json");
    Files.write(lock, PluginLock.toJson(readFrom("aa", 3)));
    assertEquals(List.of(), DataLock.differences(lock, readFrom("aa", 3)));
    assertEquals(
        List.of("the files of photos have changed (3 pictures then, 4 now)"),
        DataLock.differences(lock, readFrom("bb", 4)));
  }

  @Test
  void aRunWithoutARecordOfItsDataHasNothingToCompare() throws IOException {
    Path lock = Files.writeString(directory.resolve("plugins.lock.json"), "{\"components\": []}");
    assertEquals(List.of(), DataLock.differences(lock, readFrom("bb", 4)));
  }
}
