package org.gantry.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class RandomLayersTest {

  private static final Shape SHAPE = new Shape(100, 1000);

  @Test
  void dropoutDropsItsRateOfValuesAndScalesTheOthers(NDManager manager) {
    float[] values = train(manager, dropout(0.3, 1), manager.ones(SHAPE)).toFloatArray();
    int dropped = 0;
    for (float value : values) {
      if (value == 0) {
        dropped++;
      } else {
        assertEquals(1 / 0.7, value, 1e-6);
      }
    }
    // Four standard deviations of the rate among 100,000 values.
    assertEquals(0.3, dropped / (double) values.length, 4 * Math.sqrt(0.3 * 0.7 / values.length));
  }

  @Test
  void theGradientOfDropoutIsItsMask(NDManager manager) {
    NDArray x = manager.ones(new Shape(50, 4));
    x.setRequiresGradient(true);
    NDArray y = train(manager, dropout(0.5, 2), x);
    try (Autograd autograd = new Autograd(manager)) {
      NDArray gradient = autograd.gradients(manager, y, new NDList(x)).get(0);
      assertArrayEquals(y.toFloatArray(), gradient.toFloatArray());
    }
  }

  @Test
  void theSameStreamDropsTheSameValues(NDManager manager) {
    NDArray x = manager.ones(SHAPE);
    assertArrayEquals(
        train(manager, dropout(0.5, 3), x).toFloatArray(),
        train(manager, dropout(0.5, 3), x).toFloatArray());
  }

  @Test
  void theRandomGeneratorOfTheEngineIsNotUsed(NDManager manager) {
    NDArray x = manager.ones(SHAPE);
    manager.getEngine().setRandomSeed(7);
    float undisturbed = manager.randomNormal(new Shape(1)).toFloatArray()[0];
    manager.getEngine().setRandomSeed(7);
    train(manager, dropout(0.5, 4), x);
    train(manager, noise(1, 4), x);
    assertEquals(undisturbed, manager.randomNormal(new Shape(1)).toFloatArray()[0]);
  }

  @Test
  void noiseHasItsStandardDeviation(NDManager manager) {
    float[] values = train(manager, noise(0.3, 5), manager.ones(SHAPE)).toFloatArray();
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / values.length;
      square += value * (double) value / values.length;
    }
    assertEquals(1, mean, 4 * 0.3 / Math.sqrt(values.length));
    assertEquals(0.3, Math.sqrt(square - mean * mean), 0.3 * 4 / Math.sqrt(2.0 * values.length));
  }

  @Test
  void layersDrawOnlyInTraining(NDManager manager) {
    NDArray x = manager.ones(new Shape(2, 3));
    Block dropout =
        new Dropout(
            0.5,
            () -> {
              throw new AssertionError("drawn");
            });
    LayerTrial trial = LayerTrial.of(manager, dropout, DataType.FLOAT32, x.getShape());
    assertSame(x, trial.evaluate(x));
    assertThrows(AssertionError.class, () -> trial.train(x));
  }

  @Test
  void aRateOfOneIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> dropout(1, 6));
    assertTrue(refusal.getMessage().contains("[0, 1)"), refusal.getMessage());
  }

  private static Block dropout(double rate, long seed) {
    return new Dropout(rate, () -> new RandomStreams(seed).at("dropout"));
  }

  private static Block noise(double deviation, long seed) {
    return new GaussianNoise(deviation, () -> new RandomStreams(seed).at("noise"));
  }

  private static NDArray train(NDManager manager, Block layer, NDArray x) {
    return LayerTrial.of(manager, layer, DataType.FLOAT32, x.getShape()).train(x);
  }
}
