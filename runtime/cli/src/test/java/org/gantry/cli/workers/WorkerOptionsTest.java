package org.gantry.cli.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.gantry.cli.console.InvalidInputException;
import org.gantry.training.WorkerStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** How options name a cluster and a strategy. */
class WorkerOptionsTest {

  private static Optional<WorkerRequest> request(String... words) {
    return CommandLine.populateCommand(new WorkerOptions(), words).request();
  }

  @Test
  void withoutOptionsATrainingHasNoWorkers() {
    assertEquals(Optional.empty(), request());
  }

  @Test
  void aLocalClusterSaysHowManyWorkersThereAre() {
    WorkerRequest request = request("--on", "local-cluster[3,1,1024]").orElseThrow();
    assertEquals(3, request.workers());
    assertEquals(WorkerStrategy.ALL_REDUCE, request.strategy());
    assertEquals(2, request("--on", "local[4]", "--workers", "2").orElseThrow().workers());
  }

  @Test
  void everythingCanBeSet() {
    assertEquals(
        new WorkerRequest(
            "spark://127.0.0.1:7077",
            8,
            WorkerStrategy.AVERAGING,
            5,
            30,
            true,
            Map.of("spark.executor.memory", "2g")),
        request(
                "--on=spark://127.0.0.1:7077",
                "--workers=8",
                "--strategy=averaging",
                "--average-every=5",
                "--worker-limit=30",
                "--ship",
                "--spark=spark.executor.memory=2g")
            .orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--workers=2",
        "--on=yarn --workers=2",
        "--on=local",
        "--on=local[2,1,1024]",
        "--on=local-cluster[2]",
        "--on=spark://127.0.0.1:7077",
        "--on=local[2] --workers=0",
        "--on=local[2] --strategy=gossip",
        "--on=local[2] --average-every=5",
        "--on=local[2] --strategy=averaging --average-every=0"
      })
  void optionsThatDoNotFitAreRefused(String words) {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> request(words.split(" ")));
    assertTrue(refused.getMessage().length() > 10, refused.getMessage());
  }
}
