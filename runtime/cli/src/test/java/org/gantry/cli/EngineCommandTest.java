package org.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gantry.host.EngineLibrary;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the tensor engine. */
@TensorTest
class EngineCommandTest {

  @TempDir Path folder;

  private CommandFixture.CommandResult run(String... arguments) {
    return new CommandFixture().storedIn(folder.resolve("state")).run(arguments);
  }

  @Test
  void theEngineAndItsDevicesAreShown() {
    CommandFixture.CommandResult answer = run("engine");

    assertEquals(0, answer.exitCode(), answer.err());
    assertTrue(answer.out().contains("PyTorch 2.7.1"), answer.out());
    assertTrue(answer.out().contains("cpu"), answer.out());
  }

  @Test
  void jsonListsTheDevices() throws IOException {
    JsonNode json = new ObjectMapper().readTree(run("engine", "--json").out());

    assertEquals("cpu", json.path("devices").path(0).asText());
    assertEquals("natives", json.path("libraries").asText());
  }

  @Test
  void aChosenFolderIsRemembered() throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("libtorch/lib"));
    Files.createFile(libraries.resolve("libtorch_cpu.so"));
    Files.writeString(folder.resolve("libtorch/build-version"), "2.7.1+cu128");

    CommandFixture.CommandResult answer =
        run("engine", "use", folder.resolve("libtorch").toString());

    assertEquals(0, answer.exitCode(), answer.err());
    assertEquals(
        Optional.of(new EngineLibrary(libraries, "2.7.1", "cu128")),
        EngineLibrary.chosen(folder.resolve("state")));
    assertEquals(0, run("engine", "use", "bundled").exitCode());
    assertEquals(Optional.empty(), EngineLibrary.chosen(folder.resolve("state")));
  }

  @Test
  void cudaIsRefusedWithWhatItNeeds() {
    CommandFixture.CommandResult answer = run("engine", "use", "cuda");

    assertEquals(2, answer.exitCode());
    assertTrue(answer.err().contains("Unpack libtorch 2.7.1 for CUDA 12.8"), answer.err());
  }

  @Test
  void aDamagedChoiceIsReported() throws IOException {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/engine.properties"), "folder=x\n");

    IOException failure =
        assertThrows(IOException.class, () -> EngineLibrary.chosen(folder.resolve("state")));
    assertTrue(failure.getMessage().endsWith("has no line 'version=...'"), failure.getMessage());
  }
}
