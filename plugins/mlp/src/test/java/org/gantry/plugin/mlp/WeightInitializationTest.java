package org.gantry.plugin.mlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Weights have the shape (outputs, inputs). */
@TensorTest
final class WeightInitializationTest {

  @Test
  void xavierFillsItsInterval(NDManager manager) {
    double bound = 2 * Math.sqrt(6.0 / (300 + 500));
    double[] weights = weights(manager, WeightInitialization.XAVIER, 2, new Shape(300, 500));
    double greatest = 0;
    for (double weight : weights) {
      greatest = Math.max(greatest, Math.abs(weight));
    }
    assertTrue(greatest <= bound + 1e-7 && greatest > 0.999 * bound, "greatest " + greatest);
    assertEquals(bound / Math.sqrt(3), deviation(weights), 0.01 * bound);
  }

  @Test
  void heInitializationKeepsTheVarianceOfRectifiedInputs(NDManager manager) {
    double expected = 2 * Math.sqrt(2.0 / 500);
    double[] weights = weights(manager, WeightInitialization.HE, 2, new Shape(300, 500));
    assertEquals(expected, deviation(weights), 0.01 * expected);
  }

  @Test
  void normalWeightsIgnoreTheGain(NDManager manager) {
    double[] weights = weights(manager, WeightInitialization.NORMAL, 2, new Shape(300, 500));
    assertEquals(0.02, deviation(weights), 0.0002);
  }

  @Test
  void orthogonalRowsAreOrthonormalTimesTheGain(NDManager manager) {
    NDArray w = array(manager, WeightInitialization.ORTHOGONAL, 0.8, new Shape(20, 30));
    NDArray gram = w.matMul(w.transpose());
    NDArray expected = manager.eye(20).mul(0.64);
    ArrayAssertions.assertClose(1e-5, gram, ArrayAssertions.toDoubles(expected));
  }

  @Test
  void orthogonalColumnsAreOrthonormalWhereThereAreFewerOfThem(NDManager manager) {
    NDArray w = array(manager, WeightInitialization.ORTHOGONAL, 1.4, new Shape(30, 20));
    NDArray gram = w.transpose().matMul(w);
    NDArray expected = manager.eye(20).mul(1.96);
    ArrayAssertions.assertClose(1e-5, gram, ArrayAssertions.toDoubles(expected));
  }

  @Test
  void theSameSeedGivesTheSameWeights(NDManager manager) {
    for (WeightInitialization initialization : WeightInitialization.values()) {
      manager.getEngine().setRandomSeed(11);
      double[] first = weights(manager, initialization, 1, new Shape(4, 5));
      manager.getEngine().setRandomSeed(11);
      NDArray second = array(manager, initialization, 1, new Shape(4, 5));
      ArrayAssertions.assertClose(0, second, first);
    }
  }

  @Test
  void onlyTheWeightsStayWithTheManager(NDManager manager) {
    int before = manager.getManagedArrays().size();
    WeightInitialization.ORTHOGONAL
        .initializer(1, 0)
        .initialize(manager, new Shape(4, 5), DataType.FLOAT64)
        .close();
    assertEquals(before, manager.getManagedArrays().size());
  }

  private static double[] weights(
      NDManager manager, WeightInitialization initialization, double gain, Shape shape) {
    return ArrayAssertions.toDoubles(array(manager, initialization, gain, shape));
  }

  private static NDArray array(
      NDManager manager, WeightInitialization initialization, double gain, Shape shape) {
    return initialization.initializer(gain, 0.02).initialize(manager, shape, DataType.FLOAT32);
  }

  private static double deviation(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }
}
