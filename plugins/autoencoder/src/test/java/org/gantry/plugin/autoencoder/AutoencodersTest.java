package org.gantry.plugin.autoencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import org.gantry.architecture.Architecture;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Activation;
import org.gantry.layers.ConditionPlace;
import org.gantry.layers.Normalization;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class AutoencodersTest {

  private static final Shape POINT = new Shape(2);
  private static final Shape IMAGE = new Shape(3, 16, 16);

  @Test
  void theResidualIsTheReconstructionMinusTheSample(NDManager manager) {
    for (Shape sample : List.of(POINT, IMAGE)) {
      NDArray batch = manager.randomNormal(new Shape(4).addAll(sample));
      Block network = initialized(manager, dense(false, 0.5), batch);

      NDList given = network.forward(new ParameterStore(manager, false), new NDList(batch), true);

      assertArrayEquals(network.getOutputShapes(new Shape[] {batch.getShape()}), given.getShapes());
      assertEquals(new Shape(4, 3), given.get(1).getShape());
      ArrayAssertions.assertClose(
          1e-5, given.get(2).sub(batch), ArrayAssertions.toDoubles(given.get(0)));
    }
  }

  @Test
  void theCodeHasNoActivation(NDManager manager) {
    NDArray batch = manager.randomNormal(new Shape(16, 3, 16, 16));
    for (Architecture architecture : List.of(dense(true, 1), convolutional(2))) {
      Block network = initialized(manager, architecture, batch);
      NDArray code =
          network.forward(new ParameterStore(manager, false), new NDList(batch), true).get(1);
      assertTrue(code.min().getFloat() < -0.001, "codes reach below 0");
    }
  }

  @Test
  void theCodeIsTheSmallestFeatureMap() {
    Shape batch = new Shape(2, 3, 64, 64);
    assertArrayEquals(
        new Shape[] {batch, new Shape(2, 256, 8, 8), batch},
        new ConvolutionalAutoencoder(
                new ConvolutionalAutoencoder.Options(64, 3, Normalization.BATCH, 0.02))
            .build(StandaloneSite.discriminator(new Shape(3, 64, 64)))
            .getOutputShapes(new Shape[] {batch}));
  }

  @Test
  void aConditionIsReconstructedTogetherWithTheImage(NDManager manager) {
    Block network =
        convolutional(2)
            .build(
                new StandaloneSite(
                    "discriminator",
                    Map.of("image", IMAGE, ConditionPlace.PORT, new Shape(1, 16, 16)),
                    Map.of()));
    NDArray images = manager.randomNormal(new Shape(2).addAll(IMAGE));
    NDArray given = manager.randomNormal(new Shape(2, 1, 16, 16));
    network.initialize(manager, DataType.FLOAT32, images.getShape(), given.getShape());

    NDList outputs =
        network.forward(new ParameterStore(manager, false), new NDList(images, given), true);

    assertEquals(new Shape(2, 4, 16, 16), outputs.get(2).getShape());
    NDArray residual = outputs.get(2).sub(images.concat(given, 1));
    ArrayAssertions.assertClose(1e-5, residual, ArrayAssertions.toDoubles(outputs.get(0)));
  }

  @Test
  void weightsStartWithTheGivenDeviationAndBiasesAtZero(NDManager manager) {
    Block network =
        initialized(
            manager,
            new ConvolutionalAutoencoder(
                new ConvolutionalAutoencoder.Options(32, 2, Normalization.NONE, 0.002)),
            manager.zeros(new Shape(1).addAll(IMAGE)));

    for (Parameter parameter : network.getParameters().values()) {
      double size = Math.sqrt(parameter.getArray().square().mean().getFloat());
      boolean weight = parameter.getType() == Parameter.Type.WEIGHT;
      assertEquals(weight ? 0.002 : 0, size, weight ? 1e-4 : 0, parameter.getName());
    }
  }

  @Test
  void sidesThatCannotBeHalvedAreRefused() {
    UnusableComponentException exception =
        assertThrows(
            UnusableComponentException.class,
            () -> convolutional(3).build(StandaloneSite.discriminator(new Shape(1, 28, 28))));
    assertEquals(
        "the discriminator halves images 3 times and needs sides that are multiples of 8, not 28 x"
            + " 28",
        exception.getMessage());
  }

  @Test
  void exportedNetworksGiveTheSameOutputs(NDManager manager) {
    NDArray batch = manager.randomNormal(new Shape(2, 3, 16, 16));
    for (Architecture architecture : List.of(dense(false, 0.5), convolutional(2))) {
      ExportAssertions.assertSameOutputs(
          manager, initialized(manager, architecture, batch), new NDList(batch));
    }
  }

  private static Block initialized(NDManager manager, Architecture architecture, NDArray batch) {
    Block network = architecture.build(StandaloneSite.discriminator(batch.getShape().slice(1)));
    network.initialize(manager, DataType.FLOAT32, batch.getShape());
    return network;
  }

  private static Architecture dense(boolean linearDecoder, double scale) {
    return new DenseAutoencoder(
        new DenseAutoencoder.Options(List.of(6), 3, linearDecoder, Activation.ELU, scale));
  }

  private static Architecture convolutional(int halvings) {
    return new ConvolutionalAutoencoder(
        new ConvolutionalAutoencoder.Options(4, halvings, Normalization.BATCH, 0.02));
  }
}
