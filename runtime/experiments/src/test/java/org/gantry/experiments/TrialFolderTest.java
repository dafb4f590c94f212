package org.gantry.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrialFolderTest {

  @Test
  void aRunWithoutStagesStandsForItself(@TempDir Path folder) {
    assertEquals(folder, new TrialFolder(folder).result());
    assertEquals(folder.resolve("recipe.yaml"), new TrialFolder(folder).recipe());
  }

  @Test
  void theLastStageStandsForTheTraining(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("stages.json"), "{\"stages\": [\"small\", \"large\"]}");

    TrialFolder trial = new TrialFolder(folder);

    assertEquals(folder.resolve("large"), trial.result());
    assertEquals(Optional.empty(), trial.figures());
  }
}
