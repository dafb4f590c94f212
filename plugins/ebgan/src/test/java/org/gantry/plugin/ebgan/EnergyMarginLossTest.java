package org.gantry.plugin.ebgan;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.gantry.loss.ReconstructionEnergy;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TensorTest
final class EnergyMarginLossTest {

  @ParameterizedTest
  @CsvSource({
    "NORM, 0.360555, 0.509902, 0.806226, 0.979796, 0.542218, 0.893011",
    "SUM_OF_SQUARES, 0.13, 0.26, 0.65, 0.96, 0.39, 0.805",
    "MEAN_SQUARE, 0.043333, 0.086667, 0.216667, 0.32, 0.796667, 0.268333"
  })
  void bothLossesMatchReferenceValues(
      ReconstructionEnergy kind,
      double real1,
      double real2,
      double fake1,
      double fake2,
      double discriminator,
      double generator) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new double[][] {{1, -1, .5}, {.2, .4, -.6}});
      NDArray ofX = manager.create(new double[][] {{.8, -.7, .5}, {.1, .1, -.2}});
      NDArray g = manager.create(new double[][] {{.5, .5, -.5}, {-1, 0, 1}});
      NDArray ofG = manager.create(new double[][] {{0, .3, .1}, {-.2, .4, .6}});
      NDArray real = kind.compute(ofX.sub(x));
      NDArray fake = kind.compute(ofG.sub(g));

      assertClose(1e-6, real, real1, real2);
      assertClose(1e-6, fake, fake1, fake2);
      assertClose(1e-6, loss(1, kind).discriminator(real, fake), discriminator);
      assertClose(1e-6, fake.mean(), generator);
    }
  }

  @Test
  void theHingeAppliesToEachSample(NDManager manager) {
    NDArray fake = manager.create(new double[] {0.5, 1.5});

    assertClose(1e-12, loss(1, ReconstructionEnergy.NORM).discriminator(fake.mul(0), fake), 0.25);
  }

  @ParameterizedTest
  @CsvSource({"NORM", "SUM_OF_SQUARES", "MEAN_SQUARE", "MEAN_ABSOLUTE"})
  void theLossIsDifferentiableInTheResiduals(ReconstructionEnergy kind) {
    try (NDManager manager = NDManager.newBaseManager()) {
      assertDifferentiable(
          manager,
          residuals -> {
            NDArray halves = residuals.reshape(2, 2, 3);
            return loss(1.5, kind)
                .discriminator(kind.compute(halves.get(0)), kind.compute(halves.get(1)));
          },
          new double[] {.3, -.4, .9, 1.2, -.2, .7, .5, .8, -.3, -1.6, .9, 1.4});
    }
  }

  @Test
  void aDiscriminatorThatScoresIsRefused() {
    CompositionException refusal =
        assertThrows(
            CompositionException.class,
            () -> TrainingGraph.build(TinyGame.of(loss(1, ReconstructionEnergy.NORM))));

    assertEquals(
        "loss/tried reads the port residual of the discriminator, but discriminator/tiny (testkit)"
            + " gives score",
        refusal.getMessage());
  }

  private static EnergyMarginLoss loss(double margin, ReconstructionEnergy energy) {
    return new EnergyMarginLoss(new EnergyMarginLoss.Options(margin, energy));
  }
}
