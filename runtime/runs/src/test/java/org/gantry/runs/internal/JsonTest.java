package org.gantry.runs.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.host.support.AtomicFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.text.JsonFiles;
import org.gantry.runs.RunFolder.LockedComponent;
import org.gantry.runs.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {

  @TempDir Path directory;

  @Test
  void aLineOfMetricsKeepsTheOrderOfItsValues() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("generator/adversarial", 0.5);
    values.put("discriminator/adversarial", -1e-9);

    assertEquals(
        "{\"step\":10,\"seconds\":1.235,\"values\":"
            + "{\"generator/adversarial\":0.5,\"discriminator/adversarial\":-1.0E-9}}",
        JsonFiles.line(RunRecords.metrics(10, 1.23456, values)));
  }

  @Test
  void aStateIsReadAsItWasWritten() throws IOException {
    for (RunState.RunStatus status : RunState.RunStatus.values()) {
      RunState state = new RunState(status, 12, 500, 3.25, "the disk is \"full\"", 2);
      Path file = directory.resolve("state.json");

      AtomicFiles.write(file, JsonFiles.file(RunRecords.state(state)));

      assertEquals(state, RunRecords.state(file));
    }
  }

  @Test
  void componentsAreReadAsTheyWereWritten() throws IOException {
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

    AtomicFiles.write(file, JsonFiles.file(RunRecords.lock(composed)));

    assertEquals(
        List.of(new LockedComponent("loss", "hinge", "1.0.0", "org.a.hinge", "0.1.0", "5a")),
        RunRecords.lock(file));
  }

  @Test
  void aDamagedRecordIsNamed() throws IOException {
    Path file = directory.resolve("state.json");

    Files.writeString(file, "{\"status\":\"done\",\"step\":");
    assertTrue(failure(file).startsWith(file + " is not JSON: "), failure(file));

    Files.writeString(file, "{\"status\":\"done\",\"step\":1,\"seconds\":1,\"reason\":\"\"}");
    assertEquals(file + " has no field 'steps'", failure(file));

    Files.writeString(file, "{\"status\":\"sleeping\"}");
    assertEquals(file + " has the unknown status 'sleeping'", failure(file));
  }

  private static String failure(Path file) {
    return assertThrows(IOException.class, () -> RunRecords.state(file)).getMessage();
  }
}
