package org.gantry.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gantry.cli.console.ErrorReport;
import org.gantry.cli.console.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLocationTest {

  @TempDir Path usual;

  @Test
  void theNameOfARunIsFoundInTheFolderOfRuns() throws IOException {
    Path run = Files.createDirectory(usual.resolve("digits-001"));
    assertEquals(run, RunLocation.find(Path.of("digits-001"), usual));
    assertEquals(run, RunLocation.find(run, usual));
  }

  @Test
  void theErrorOfAMissingRunSuggestsTheNearestName() throws IOException {
    Path run = Files.createDirectory(usual.resolve("digits-001"));
    Files.createDirectory(usual.resolve("digits-02"));
    Files.writeString(run.resolve("state.json"), "{}");
    assertEquals(
        "Did you mean '" + run + "'? 'gantry runs' lists runs.", fix(Path.of("digits-01")));
    assertEquals(
        "Did you mean '" + run + "'? 'gantry runs' lists runs.", fix(usual.resolve("digit-001")));
    assertEquals("'gantry runs' lists runs.", fix(Path.of("something-else")));
    assertEquals("'gantry runs' lists runs.", fix(usual.resolve("none/digits-001")));
  }

  private String fix(Path given) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> RunLocation.find(given, usual));
    assertEquals("there is no run folder " + given, refused.getMessage());
    return ErrorReport.of(refused).parts().get(0).fix();
  }
}
