package org.gantry.plugin.adam;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.optimizer.LearningRateDecay;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.testkit.contract.OptimizerHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TensorTest
final class AdamOptimizerTest implements ComponentContract {

  private static final AdamOptimizer.Options PLAIN =
      new AdamOptimizer.Options(0.1, 0.5, 0.999, 1e-8, LearningRateDecay.CONSTANT, 1);

  @Override
  public Object createComponent() {
    return new AdamOptimizer(PLAIN);
  }

  @BeforeEach
  void disableRecording() {
    Autograd.setRecording(false);
  }

  @Test
  void itHasTwoSlots() {
    assertEquals(List.of("m", "v"), new AdamOptimizer(PLAIN).slots());
  }

  @Test
  void threeUpdatesMatchAHandCalculation(NDManager manager) {
    OptimizerHarness player = new OptimizerHarness(manager, new AdamOptimizer(PLAIN), 1);

    player.update(0, 0.3);
    assertClose(1e-12, player.parameter(0), 0.9000000033333332);

    player.update(0, -0.2);
    assertClose(1e-12, player.parameter(0), 0.9130756697947614);

    player.update(0, 0.5);
    assertClose(1e-12, player.parameter(0), 0.8368268903431787);
  }

  @Test
  void manyUpdatesMatchThePlainFormula(NDManager manager) {
    RandomGenerator random = new RandomStreams(3).at("test");
    OptimizerHarness player = new OptimizerHarness(manager, new AdamOptimizer(PLAIN), 0.7);
    double parameter = 0.7;
    double m = 0;
    double v = 0;
    for (int count = 1; count <= 50; count++) {
      double g = random.nextGaussian();
      m = 0.5 * m + 0.5 * g;
      v = 0.999 * v + 0.001 * g * g;
      double correctedM = m / (1 - Math.pow(0.5, count));
      double correctedV = v / (1 - Math.pow(0.999, count));
      parameter -= 0.1 * correctedM / (Math.sqrt(correctedV) + 1e-8);
      player.update(0, g);
    }

    assertClose(1e-12, player.parameter(0), parameter);
  }

  @Test
  void theLearningRateDecaysWithTheProgress(NDManager manager) {
    AdamOptimizer.Options decaying =
        new AdamOptimizer.Options(0.1, 0.5, 0.999, 1e-8, LearningRateDecay.LINEAR, 0.5);
    OptimizerHarness plain = new OptimizerHarness(manager, new AdamOptimizer(PLAIN), 0);
    OptimizerHarness early = new OptimizerHarness(manager, new AdamOptimizer(decaying), 0);
    OptimizerHarness late = new OptimizerHarness(manager, new AdamOptimizer(decaying), 0);

    plain.update(0.9, 1);
    early.update(0.4, 1);
    late.update(0.9, 1);

    double whole = plain.parameter(0).toDoubleArray()[0];
    assertClose(1e-12, early.parameter(0), whole);
    assertClose(1e-12, late.parameter(0), whole / 5);
  }
}
