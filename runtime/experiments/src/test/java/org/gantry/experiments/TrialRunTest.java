package org.gantry.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrialRunTest {

  @Test
  void aRunWithoutStagesStandsForItself(@TempDir Path folder) {
    assertEquals(folder, new TrialRun(folder).results());
    assertEquals(folder.resolve("recipe.yaml"), new TrialRun(folder).recipeFile());
  }

  @Test
  void theLastStageStandsForTheTraining(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("stages.json"), "{\"stages\": [\"small\", \"large\"]}");

    TrialRun trial = new TrialRun(folder);

    assertEquals(folder.resolve("large"), trial.results());
    assertEquals(Map.of(), trial.earlierFigures());
  }
}
