package org.gantry.plugin.domaintransfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/**
 * The game of three classes, with values that were computed by hand from the paper's formulas.
 * Logits of (transfer, reconstruction, real) are (1, 0.2, -0.5) for a transfer, (0.1, 0.8, 0.3) for
 * a reconstruction and (-0.4, 0.3, 1.1) for a real sample.
 */
@TensorTest
final class OriginLogitsTest {

  @Test
  void theScoreAndTheOriginTogetherAreTheCrossEntropyOfThreeClasses(NDManager manager) {
    NDArray transfer = logits(manager, 1.5f, 0.7f);
    NDArray reconstruction = logits(manager, -0.2f, 0.5f);
    NDArray real = logits(manager, -1.5f, -0.8f);

    double game =
        softplus(-score(manager, real))
            + softplus(score(manager, transfer))
            + softplus(score(manager, reconstruction));
    double origin =
        OriginLogits.crossEntropy(transfer, 0).getFloat()
            + OriginLogits.crossEntropy(reconstruction, 1).getFloat();

    assertEquals(1.772010, game + origin, 1e-5);
  }

  @Test
  void theGeneratorMovesBothKindsToTheThirdClass(NDManager manager) {
    double loss =
        softplus(-score(manager, logits(manager, 1.5f, 0.7f)))
            + softplus(-score(manager, logits(manager, -0.2f, 0.5f)));

    assertEquals(3.257715, loss, 1e-5);
  }

  @Test
  void equalLogitsAreThreeClassesOfOneProbability(NDManager manager) {
    assertEquals(Math.log(3), softplus(-score(manager, logits(manager, 0, 0))), 1e-6);
  }

  private static NDArray logits(NDManager manager, float transfer, float reconstruction) {
    return manager.create(new float[] {transfer, reconstruction}, new Shape(1, 2));
  }

  private static double score(NDManager manager, NDArray logits) {
    Block layer = OriginLogits.score();
    layer.initialize(manager, DataType.FLOAT32, logits.getShape());
    return layer
        .forward(new ParameterStore(manager, false), new NDList(logits), false)
        .get(0)
        .getFloat();
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }
}
