package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.tensor.SafetensorsFile;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.training.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class TrainingTraceTest {

  @TempDir Path folder;

  @Test
  void aTraceHasTheLossesOfATraining() throws IOException {
    ComposedRecipe composed = TinyRun.composed(new MeanDifferenceLoss());
    TrainingTrace.write(composed, folder, 3);
    JsonNode losses = new ObjectMapper().readTree(folder.resolve("losses.json").toFile());

    assertEquals(3, losses.size());
    try (Session session = Session.open(composed.graph())) {
      for (JsonNode step : losses) {
        session.step().forEach((term, value) -> assertEquals(value, step.get(term).asDouble()));
      }
    }
  }

  @Test
  void aTraceHasWhatEachStepReadsAndTheInitialWeights(NDManager manager) throws IOException {
    TrainingTrace.write(TinyRun.composed(new MeanDifferenceLoss()), folder, 2);

    Map<String, NDArray> first = read(manager, "step-0001.safetensors");
    Map<String, NDArray> second = read(manager, "step-0002.safetensors");
    assertEquals(first.keySet(), second.keySet());
    assertTrue(first.keySet().stream().allMatch(key -> key.matches("\\d{3}/.+")));
    for (String key : first.keySet()) {
      assertFalse(Arrays.equals(first.get(key).toFloatArray(), second.get(key).toFloatArray()));
    }
    assertTrue(Files.exists(folder.resolve("start/generator.safetensors")));
    assertArrayEquals(
        new String[] {"000/", "001/"},
        first.keySet().stream().map(key -> key.substring(0, 4)).sorted().limit(2).toArray());
  }

  private Map<String, NDArray> read(NDManager manager, String file) throws IOException {
    return new SafetensorsFile(folder.resolve(file)).read(manager);
  }
}
