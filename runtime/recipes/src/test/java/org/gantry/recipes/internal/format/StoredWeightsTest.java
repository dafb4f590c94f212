package org.gantry.recipes.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.SafetensorsFile;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
class StoredWeightsTest {

  @TempDir private Path folder;

  private static NDArray array(NDManager manager, float value) {
    return manager.create(new float[] {value});
  }

  private Path write(NDManager manager) throws IOException {
    Path file = folder.resolve("generator.safetensors");
    new SafetensorsFile(file).write(Map.of("weight", array(manager, 1), "mean", array(manager, 2)));
    new SafetensorsFile(folder.resolve("generator.average.safetensors"))
        .write(Map.of("weight", array(manager, 3)));
    return file;
  }

  @Test
  void averagesReplaceWeightsAndLeaveRunningStatistics(NDManager manager) throws IOException {
    Path file = write(manager);

    Map<String, NDArray> averaged = StoredWeights.of(file, true).read(manager);
    Map<String, NDArray> live = StoredWeights.of(file, false).read(manager);

    assertArrayEquals(new float[] {3}, averaged.get("weight").toFloatArray());
    assertArrayEquals(new float[] {2}, averaged.get("mean").toFloatArray());
    assertEquals(2, averaged.size());
    assertArrayEquals(new float[] {1}, live.get("weight").toFloatArray());
  }

  @Test
  void changedAndMissingFilesAreNotRead(NDManager manager) throws IOException {
    Path file = write(manager);
    StoredWeights weights = StoredWeights.of(file, true);
    Files.write(folder.resolve("generator.average.safetensors"), List.of("other"));

    assertEquals(
        file + " has changed since the recipe was read",
        assertThrows(IOException.class, () -> weights.read(manager)).getMessage());
    Files.delete(file);
    assertEquals(
        file + " is missing",
        assertThrows(IOException.class, () -> weights.read(manager)).getMessage());
  }
}
