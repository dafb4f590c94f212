package org.gantry.plugin.rmsprop;

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
final class RmsPropOptimizerTest implements ComponentContract {

  private static final RmsPropOptimizer.Options PLAIN =
      new RmsPropOptimizer.Options(0.1, 0.9, 1e-8, LearningRateDecay.CONSTANT, 1);

  @Override
  public Object createComponent() {
    return new RmsPropOptimizer(PLAIN);
  }

  @BeforeEach
  void disableRecording() {
    Autograd.setRecording(false);
  }

  @Test
  void itHasOneSlot() {
    assertEquals(List.of("square"), new RmsPropOptimizer(PLAIN).slots());
  }

  @Test
  void threeUpdatesMatchAHandCalculation(NDManager manager) {
    OptimizerHarness player = new OptimizerHarness(manager, new RmsPropOptimizer(PLAIN), 1);

    player.update(0, 0.3);
    assertClose(1e-12, player.parameter(0), 0.6837722673164919);

    player.update(0, -0.2);
    assertClose(1e-12, player.parameter(0), 0.8655904326057496);

    player.update(0, 0.5);
    assertClose(1e-12, player.parameter(0), 0.6016637784035529);
  }

  @Test
  void manyUpdatesMatchThePlainFormula(NDManager manager) {
    RandomGenerator random = new RandomStreams(3).at("test");
    OptimizerHarness player = new OptimizerHarness(manager, new RmsPropOptimizer(PLAIN), 0.7);
    double parameter = 0.7;
    double s = 0;
    for (int count = 1; count <= 50; count++) {
      double g = random.nextGaussian();
      s = 0.9 * s + 0.1 * g * g;
      parameter -= 0.1 * g / (Math.sqrt(s) + 1e-8);
      player.update(0, g);
    }

    assertClose(1e-12, player.parameter(0), parameter);
  }

  @Test
  void theLearningRateDecaysWithTheProgress(NDManager manager) {
    RmsPropOptimizer.Options decaying =
        new RmsPropOptimizer.Options(0.1, 0.9, 1e-8, LearningRateDecay.LINEAR, 0.5);
    OptimizerHarness plain = new OptimizerHarness(manager, new RmsPropOptimizer(PLAIN), 0);
    OptimizerHarness early = new OptimizerHarness(manager, new RmsPropOptimizer(decaying), 0);
    OptimizerHarness late = new OptimizerHarness(manager, new RmsPropOptimizer(decaying), 0);

    plain.update(0.9, 1);
    early.update(0.4, 1);
    late.update(0.9, 1);

    double whole = plain.parameter(0).toDoubleArray()[0];
    assertClose(1e-12, early.parameter(0), whole);
    assertClose(1e-12, late.parameter(0), whole / 5);
  }
}
