package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
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

  @Test
  void aRecipeTakesAboutAsLongAsItself() {
    StepComparison compared =
        RecipeBenchmark.compare(
            TinyRun.composed(new MeanDifferenceLoss()),
            TinyRun.composed(new MeanDifferenceLoss()),
            Duration.ofMillis(90));

    assertEquals(compared.ratios().stream().sorted().toList(), compared.ratios());
    assertTrue(compared.ratio() > 0.1 && compared.ratio() < 10, compared::toString);
    assertTrue(compared.processorRatio() > 0.1 && compared.processorRatio() < 10);
    assertTrue(compared.first() > 0 && compared.second() > 0);
  }

  @Test
  void eachNetworkHasAForm() {
    StepMeasurement measured =
        RecipeBenchmark.measure(TinyRun.composed(new MeanDifferenceLoss()), Duration.ofMillis(30));

    assertEquals(Set.of("generator", "discriminator"), measured.networks().keySet());
    assertTrue(measured.processor().thread() > 0);
  }
}
