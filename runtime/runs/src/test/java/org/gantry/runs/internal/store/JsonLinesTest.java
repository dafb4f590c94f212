package org.gantry.runs.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.text.JsonFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

  @TempDir Path directory;

  @Test
  void linesAreAppended() throws IOException {
    Path file = directory.resolve("metrics.jsonl");
    for (int step = 1; step <= 2; step++) {
      try (JsonLines lines = JsonLines.append(file)) {
        lines.add(JsonFiles.object().put("step", step));
      }
    }

    assertEquals(List.of("{\"step\":1}", "{\"step\":2}"), Files.readAllLines(file));
  }

  @Test
  void aLineCanBeReadImmediately() throws IOException {
    Path file = directory.resolve("metrics.jsonl");
    try (JsonLines lines = JsonLines.append(file)) {
      lines.add(JsonFiles.object().put("step", 1));

      assertEquals("{\"step\":1}\n", Files.readString(file));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAnError() throws IOException {
    try (JsonLines lines = JsonLines.append(Path.of("/dev/full"))) {
      IOException full =
          assertThrows(IOException.class, () -> lines.add(JsonFiles.object().put("step", 1)));

      assertEquals("No space left on device", ErrorText.of(full));
    }
  }
}
