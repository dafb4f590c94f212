package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.recipes.ComposedRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

  @TempDir Path directory;

  @Test
  void aWrittenStateIsReadBack() throws IOException {
    for (RunState.RunStatus status : RunState.RunStatus.values()) {
      RunState state = new RunState(status, 12, 500, 3.25, "the disk is \"full\"", 2);
      Path file = directory.resolve("state.json");

      Files.write(file, state.toJson());

      assertEquals(state, RunState.read(file));
    }
  }

  @Test
  void writtenComponentsAreReadBack() throws IOException {
    ComponentInfo hinge =
        new ComponentInfo(
            "loss",
            "hinge",
            "1.0.0",
            "",
            "",
            List.of(),
            List.of(),
            "org.a.hinge",
            "0.1.0",
            "Hinge");
    PluginJar jar = new PluginJar("org.a.hinge", "0.1.0", "5a");
    ComposedRecipe composed =
        new ComposedRecipe(
            "",
            null,
            null,
            List.of(),
            null,
            List.of(hinge),
            List.of(jar),
            "",
            List.of(),
            Map.of(),
            List.of(),
            null);
    Path file = directory.resolve("plugins.lock.json");

    Files.write(file, PluginLock.toJson(composed));

    assertEquals(
        List.of(new LockedComponent("loss", "hinge", "1.0.0", "org.a.hinge", "0.1.0", "5a")),
        PluginLock.read(file));
  }

  @Test
  void theErrorNamesADamagedFile() throws IOException {
    Path file = directory.resolve("state.json");

    Files.writeString(file, "{\"status\":\"done\",\"step\":");
    assertTrue(failure(file).startsWith(file + " is not JSON: "), failure(file));

    Files.writeString(file, "{\"status\":\"done\",\"step\":1,\"seconds\":1,\"reason\":\"\"}");
    assertEquals(file + " has no field 'steps'", failure(file));

    Files.writeString(file, "{\"status\":\"sleeping\"}");
    assertEquals(file + " has the unknown status 'sleeping'", failure(file));
  }

  private static String failure(Path file) {
    return assertThrows(IOException.class, () -> RunState.read(file)).getMessage();
  }
}
