package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run records about its workers. */
class RunWorkersTest {

  @TempDir private Path run;

  @Test
  void aRunOfOneMachineHasNoWorkers() throws IOException {
    assertEquals(Map.of(), RunWorkers.read(run).summary());
  }

  @Test
  void theLatestWorkersAndTheLostOnesAreCounted() throws IOException {
    Files.writeString(
        run.resolve(RunWorkers.FILE),
        """
        {"event": "started", "on": "local[2]", "workers": 2, "strategy": "averaging"}
        {"event": "lost", "step": 50, "text": "a worker was lost"}
        {"event": "started", "on": "local[3]", "workers": 3, "strategy": "all-reduce"}
        """);
    assertEquals(
        Map.of(
            "workers", "3",
            "workers on", "local[3]",
            "workers strategy", "all-reduce",
            "workers lost", "1"),
        RunWorkers.read(run).summary());
  }
}
