package org.gantry.plugin.sgd;

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
final class SgdOptimizerTest implements ComponentContract {

  private static final SgdOptimizer.Options PLAIN =
      new SgdOptimizer.Options(0.1, 0.9, 0, LearningRateDecay.CONSTANT, 1);

  @Override
  public Object createComponent() {
    return new SgdOptimizer(PLAIN);
  }

  @BeforeEach
  void disableRecording() {
    Autograd.setRecording(false);
  }

  @Test
  void momentumHasAVelocitySlot() {
    assertEquals(List.of("velocity"), new SgdOptimizer(PLAIN).slots());
  }

  @Test
  void plainDescentHasNoSlots() {
    assertEquals(
        List.of(),
        new SgdOptimizer(new SgdOptimizer.Options(0.1, 0, 0, LearningRateDecay.CONSTANT, 1))
            .slots());
  }

  @Test
  void plainDescentMovesByTheRateTimesTheGradient(NDManager manager) {
    OptimizerHarness player =
        new OptimizerHarness(
            manager,
            new SgdOptimizer(new SgdOptimizer.Options(0.1, 0, 0, LearningRateDecay.CONSTANT, 1)),
            1);

    player.update(0, 0.3);
    assertClose(1e-12, player.parameter(0), 0.97);

    player.update(0, -0.2);
    assertClose(1e-12, player.parameter(0), 0.99);

    player.update(0, 0.5);
    assertClose(1e-12, player.parameter(0), 0.94);
  }

  @Test
  void momentumMatchesAHandCalculation(NDManager manager) {
    OptimizerHarness player = new OptimizerHarness(manager, new SgdOptimizer(PLAIN), 1);

    player.update(0, 0.3);
    assertClose(1e-12, player.parameter(0), 0.97);

    player.update(0, -0.2);
    assertClose(1e-12, player.parameter(0), 0.963);

    player.update(0, 0.5);
    assertClose(1e-12, player.parameter(0), 0.9067);
  }

  @Test
  void weightDecayPullsTowardsZero(NDManager manager) {
    OptimizerHarness player =
        new OptimizerHarness(
            manager,
            new SgdOptimizer(
                new SgdOptimizer.Options(0.1, 0.9, 0.01, LearningRateDecay.CONSTANT, 1)),
            1);

    player.update(0, 0.3);
    assertClose(1e-12, player.parameter(0), 0.969);

    player.update(0, -0.2);
    assertClose(1e-12, player.parameter(0), 0.960131);

    player.update(0, 0.5);
    assertClose(1e-12, player.parameter(0), 0.901188769);
  }

  @Test
  void weightDecayWorksWithoutMomentumToo(NDManager manager) {
    OptimizerHarness player =
        new OptimizerHarness(
            manager,
            new SgdOptimizer(new SgdOptimizer.Options(0.1, 0, 0.5, LearningRateDecay.CONSTANT, 1)),
            1);

    player.update(0, 0.3);
    assertClose(1e-12, player.parameter(0), 0.92);
  }

  @Test
  void manyUpdatesMatchThePlainFormula(NDManager manager) {
    RandomGenerator random = new RandomStreams(3).at("test");
    OptimizerHarness player = new OptimizerHarness(manager, new SgdOptimizer(PLAIN), 0.7);
    double parameter = 0.7;
    double velocity = 0;
    for (int count = 1; count <= 50; count++) {
      double g = random.nextGaussian();
      velocity = 0.9 * velocity + g;
      parameter -= 0.1 * velocity;
      player.update(0, g);
    }

    assertClose(1e-12, player.parameter(0), parameter);
  }

  @Test
  void theLearningRateDecaysWithTheProgress(NDManager manager) {
    SgdOptimizer.Options decaying =
        new SgdOptimizer.Options(0.1, 0.9, 0, LearningRateDecay.LINEAR, 0.5);
    OptimizerHarness plain = new OptimizerHarness(manager, new SgdOptimizer(PLAIN), 0);
    OptimizerHarness early = new OptimizerHarness(manager, new SgdOptimizer(decaying), 0);
    OptimizerHarness late = new OptimizerHarness(manager, new SgdOptimizer(decaying), 0);

    plain.update(0.9, 1);
    early.update(0.4, 1);
    late.update(0.9, 1);

    double whole = plain.parameter(0).toDoubleArray()[0];
    assertClose(1e-12, early.parameter(0), whole);
    assertClose(1e-12, late.parameter(0), whole / 5);
  }
}
