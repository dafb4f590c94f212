package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.training.StepTimer.Activity;
import org.junit.jupiter.api.Test;

@TensorTest
final class RecipeBenchmarkTest {

  @Test
  void everyPartOfAStepIsMeasuredInOrder() {
    StepMeasurement measured =
        RecipeBenchmark.measure(TinyRun.composed(new MeanDifferenceLoss()), Duration.ofMillis(30));

    List<String> activities =
        measured.parts().keySet().stream()
            .map(part -> part.player() + " " + part.activity())
            .distinct()
            .collect(Collectors.toList());
    assertEquals(
        List.of(
            "discriminator EVALUATION",
            "discriminator GRADIENTS",
            "discriminator UPDATE",
            "generator EVALUATION",
            "generator GRADIENTS",
            "generator UPDATE",
            " OBSERVATION"),
        activities);
    assertTrue(
        measured.parts().keySet().stream()
            .allMatch(part -> part.node().isPresent() == (part.activity() == Activity.EVALUATION)));
  }

  @Test
  void thePartsAndTheLoopTakeTheWholeTime() {
    StepMeasurement measured =
        RecipeBenchmark.measure(TinyRun.composed(new MeanDifferenceLoss()), Duration.ofMillis(30));

    assertTrue(measured.otherNanoseconds() > 0);
    assertTrue(measured.measuredSteps() > 0);
    assertEquals(measured.rates().stream().sorted().toList(), measured.rates());
    assertTrue(measured.rates().get(0) > 0);
  }
}
