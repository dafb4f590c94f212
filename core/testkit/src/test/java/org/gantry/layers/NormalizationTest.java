package org.gantry.layers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import org.gantry.component.UnusableComponentException;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class NormalizationTest {

  @Test
  void aNormalisedBatchHasMeanZeroAndVarianceOnePerChannel(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 10, 3, 30}, new Shape(2, 2));
    LayerTrial trial = trial(manager, new BatchNorm(), x);
    double first = 1 / Math.sqrt(1 + BatchNorm.EPSILON);
    double second = 10 / Math.sqrt(100 + BatchNorm.EPSILON);
    ArrayAssertions.assertClose(1e-12, trial.train(x), -first, -second, first, second);
  }

  @Test
  void gainAndShiftAreAppliedAfterTheNormalisation(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 3}, new Shape(2, 1));
    Block layer = new BatchNorm();
    layer.setInitializer(new ConstantInitializer(5), Parameter.Type.GAMMA);
    layer.setInitializer(new ConstantInitializer(7), Parameter.Type.BETA);
    double unit = 1 / Math.sqrt(1 + BatchNorm.EPSILON);
    ArrayAssertions.assertClose(
        1e-12, trial(manager, layer, x).train(x), 7 - 5 * unit, 7 + 5 * unit);
  }

  @Test
  void trainingUpdatesTheRunningStatisticsWithTheMomentum(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 3}, new Shape(2, 1));
    LayerTrial trial =
        trial(manager, new BatchNorm(0.25, 1e-5, BatchNorm.InferenceStatistics.RUNNING), x);
    trial.train(x);
    ArrayAssertions.assertClose(1e-12, trial.value("runningMean"), 0.25 * 2);
    ArrayAssertions.assertClose(1e-12, trial.value("runningVar"), 0.75 * 1 + 0.25 * 2);
  }

  @Test
  void evaluationUsesTheRunningStatisticsWithoutChange(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 3}, new Shape(2, 1));
    LayerTrial trial = trial(manager, new BatchNorm(), x);
    trial.train(x);
    double deviation = Math.sqrt(1.1 + BatchNorm.EPSILON);
    ArrayAssertions.assertClose(
        1e-12, trial.evaluate(x), (1 - 0.2) / deviation, (3 - 0.2) / deviation);
    ArrayAssertions.assertClose(1e-12, trial.value("runningMean"), 0.2);
    ArrayAssertions.assertClose(1e-12, trial.value("runningVar"), 1.1);
  }

  @Test
  void evaluationWithBatchStatisticsDoesNotChangeTheRunningStatistics(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 3}, new Shape(2, 1));
    LayerTrial trial =
        trial(manager, new BatchNorm(0.1, 1e-5, BatchNorm.InferenceStatistics.BATCH), x);
    double unit = 1 / Math.sqrt(1 + BatchNorm.EPSILON);
    ArrayAssertions.assertClose(1e-12, trial.evaluate(x), -unit, unit);
    ArrayAssertions.assertClose(0, trial.value("runningMean"), 0);
    ArrayAssertions.assertClose(0, trial.value("runningVar"), 1);
  }

  @Test
  void instancesAreNormalisedSeparately(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 3, 100, 140}, new Shape(2, 1, 1, 2));
    double first = 1 / Math.sqrt(1 + BatchNorm.EPSILON);
    double second = 20 / Math.sqrt(400 + BatchNorm.EPSILON);
    LayerTrial trial = trial(manager, new InstanceNorm(), x);
    ArrayAssertions.assertClose(1e-12, trial.train(x), -first, first, -second, second);
    ArrayAssertions.assertClose(1e-12, trial.evaluate(x), -first, first, -second, second);
  }

  @Test
  void layerNormalisationIncludesAllChannels(NDManager manager) {
    NDArray x = manager.create(new double[] {1, 1, 3, 3, 10, 10, 30, 30}, new Shape(2, 2, 1, 2));
    double first = 1 / Math.sqrt(1 + BatchNorm.EPSILON);
    double second = 10 / Math.sqrt(100 + BatchNorm.EPSILON);
    ArrayAssertions.assertClose(
        1e-12,
        trial(manager, new LayerNorm(), x).train(x),
        -first,
        -first,
        first,
        first,
        -second,
        -second,
        second,
        second);
  }

  @Test
  void instanceNormalisationRefusesVectors() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> new InstanceNorm().getOutputShapes(new Shape[] {new Shape(8, 100)}));
    assertTrue(refusal.getMessage().contains("(8, 100)"), refusal.getMessage());
  }

  private static LayerTrial trial(NDManager manager, Block layer, NDArray x) {
    return LayerTrial.of(manager, layer, DataType.FLOAT64, x.getShape());
  }
}
