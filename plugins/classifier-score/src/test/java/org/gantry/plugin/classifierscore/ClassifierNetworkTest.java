package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ClassifierNetworkTest {

  private static NDList weights(NDManager manager, Shape image) {
    return ClassifierNetwork.initialWeights(manager, image, 5, new RandomStreams(1).at("weights"));
  }

  private static NDArray noise(NDManager manager, Shape shape) {
    RandomGenerator random = new RandomStreams(2).at("images");
    return FloatArrays.fill(
        manager,
        shape,
        buffer -> {
          while (buffer.hasRemaining()) {
            buffer.put((float) random.nextGaussian());
          }
        });
  }

  @Test
  void imagesOfEverySizeGiveProbabilitiesAndFeatures(NDManager manager) {
    try (ClassifierNetwork network = new ClassifierNetwork(manager, List.of(5))) {
      for (Shape image :
          new Shape[] {
            new Shape(1, 28, 28), new Shape(3, 64, 64), new Shape(1, 8, 8), new Shape(3, 33, 70)
          }) {
        NDArray images = noise(manager, new Shape(2).addAll(image));
        NDList outputs = network.classify(manager, images, weights(manager, image));
        assertEquals(new Shape(2, 5), outputs.get(0).getShape());
        assertEquals(new Shape(2, ClassifierNetwork.FEATURES), outputs.get(1).getShape());
        ArrayAssertions.assertClose(1e-12, outputs.get(0).sum(new int[] {1}), 1, 1);
      }
    }
  }

  @Test
  void largeImagesAreAveragePooled(NDManager manager) {
    Shape shape = new Shape(3, 64, 64);
    NDArray large = noise(manager, new Shape(2).addAll(shape));
    NDArray means = large.reshape(2, 3, 32, 2, 32, 2).sum(new int[] {3, 5}).div(4);
    NDList weights = weights(manager, shape);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, List.of(5))) {
      float[] expected = network.classify(manager, means, weights).get(1).toFloatArray();
      assertArrayEquals(
          expected, network.classify(manager, large, weights).get(1).toFloatArray(), 1e-4f);
    }
  }

  @Test
  void eachLabelHasProbabilitiesOfItsOwn(NDManager manager) {
    Shape shape = new Shape(1, 8, 8);
    NDArray images = noise(manager, new Shape(3).addAll(shape));
    NDArray labels = manager.create(new float[] {0, 2, 1, 0, 0, 1}, new Shape(3, 2));
    NDList weights = weights(manager, shape);
    try (ClassifierNetwork network = new ClassifierNetwork(manager, List.of(2, 3))) {
      NDArray probabilities = network.classify(manager, images, weights).get(0);
      double expected = 0;
      for (int i = 0; i < 3; i++) {
        double[] row = probabilities.get(i).toDoubleArray();
        assertEquals(1, row[0] + row[1], 1e-12);
        assertEquals(1, row[2] + row[3] + row[4], 1e-12);
        expected -= Math.log(row[(int) labels.getFloat(i, 0)]) / 3;
        expected -= Math.log(row[2 + (int) labels.getFloat(i, 1)]) / 3;
      }
      NDList zeros = new NDList();
      weights.forEach(weight -> zeros.add(manager.zeros(weight.getShape())));
      NDList others = new NDList();
      weights.forEach(weight -> others.add(manager.zeros(weight.getShape())));
      float loss =
          network.trainStep(manager, images, labels, 0.01f, 1, weights, zeros, others)
              .toFloatArray()[0];
      assertEquals(expected, loss, 1e-5);
    }
  }

  @Test
  void theFirstStepOfAdamMovesEveryWeightByTheLearningRate(NDManager manager) {
    Shape shape = new Shape(1, 8, 8);
    NDList weights = weights(manager, shape);
    NDList before = new NDList();
    NDList means = new NDList();
    NDList squares = new NDList();
    for (NDArray weight : weights) {
      before.add(weight.add(0));
      means.add(manager.zeros(weight.getShape()));
      squares.add(manager.zeros(weight.getShape()));
    }
    NDArray labels = manager.create(new float[] {0, 1, 2, 3}, new Shape(4, 1));
    NDArray images = noise(manager, new Shape(4, 1, 8, 8));
    try (ClassifierNetwork network = new ClassifierNetwork(manager, List.of(5))) {
      float loss =
          network.trainStep(manager, images, labels, 0.01f, 1, weights, means, squares)
              .toFloatArray()[0];
      double expected = 0;
      NDArray probabilities = network.classify(manager, images, before).get(0);
      for (int i = 0; i < 4; i++) {
        expected -= Math.log(probabilities.getDouble(i, i)) / 4;
      }
      assertEquals(expected, loss, 1e-5);
    }
    float[] moved = weights.get(3).sub(before.get(3)).toFloatArray();
    for (float move : moved) {
      assertEquals(0.01, Math.abs(move), 1e-5, "the last bias");
    }
    assertTrue(moved[4] < 0, "the class that does not occur becomes less likely");
  }
}
