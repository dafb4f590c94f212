package org.gantry.plugin.layernoise;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import org.gantry.layers.Activation;
import org.gantry.layers.Autoencoder;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.HeadedNetwork;
import org.gantry.tensor.RandomStream;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ExportAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class NoiseInserterTest {

  private static final RandomStreams STREAMS = new RandomStreams(5);

  @Test
  void anExportedNetworkHasNoNoise(NDManager manager) {
    Block noisy =
        new NoisyLayer(0.5, () -> STREAMS.at("noise"), Linear.builder().setUnits(2).build());
    noisy.initialize(manager, DataType.FLOAT32, new Shape(3, 4));
    ExportAssertions.assertSameOutputs(
        manager, noisy, new NDList(manager.randomNormal(new Shape(3, 4))));
  }

  @Test
  void everyLayerExceptTheFirstGetsItsOwnNoise(NDManager manager) {
    Block network =
        initialized(
            manager,
            new NoiseInserter(0.5, NoiseInserterTest::stream)
                .withNoise(
                    new SequentialBlock()
                        .add(sum())
                        .add(Activation.RELU.layer())
                        .add(new SequentialBlock().add(sum()))
                        .add(sum())));

    // Each layer has one input and one output, and doubles its input.
    double first = 2 * 10;
    double second = 2 * (first + 0.5 * noise(1));
    double third = 2 * (second + 0.5 * noise(2));
    assertClose(1e-4, forward(manager, network, 10, true).head(), third);
    assertClose(0, forward(manager, network, 10, false).head(), 80);
  }

  @Test
  void theFeaturesOfATrunkHaveNoNoiseOfTheHead(NDManager manager) {
    Block network =
        initialized(
            manager,
            new NoiseInserter(0.5, NoiseInserterTest::stream)
                .withNoise(new HeadedNetwork(sum(), sum())));

    NDList outputs = forward(manager, network, 10, true);

    assertClose(1e-5, outputs.get(0), 2 * (20 + 0.5 * noise(1)));
    assertClose(0, outputs.get(1), 20);
    assertArrayEquals(
        new Shape[] {new Shape(3, 1), new Shape(3, 1)},
        network.getOutputShapes(new Shape[] {new Shape(3, 1)}));
  }

  @Test
  void theCodeOfAnAutoencoderHasNoNoiseOfTheDecoder(NDManager manager) {
    Block network =
        initialized(
            manager,
            new NoiseInserter(0.5, NoiseInserterTest::stream)
                .withNoise(new Autoencoder(sum(), sum())));

    NDList outputs = forward(manager, network, 10, true);

    double reconstruction = 2 * (20 + 0.5 * noise(1));
    assertClose(1e-5, outputs.get(0), reconstruction - 10);
    assertClose(0, outputs.get(1), 20);
    assertClose(1e-5, outputs.get(2), reconstruction);
  }

  @Test
  void aBlockWithoutWeightsIsNotALayer(NDManager manager) {
    NoiseInserter layers = new NoiseInserter(0.5, NoiseInserterTest::stream);

    layers.withNoise(
        new SequentialBlock().add(sum()).add(new BatchNorm()).add(Activation.TANH.layer()));

    assertEquals(1, layers.layerCount());
  }

  @Test
  void onlyTheFirstInputGetsNoise(NDManager manager) {
    Block second =
        new SequentialBlock().add(inputs -> new NDList(inputs.get(0), inputs.get(1).mul(3)));
    Block noisy = new NoisyLayer(0.5, stream(0), second);

    NDList outputs =
        noisy.forward(
            new ParameterStore(manager, false),
            new NDList(manager.create(new float[] {1}), manager.create(new float[] {2})),
            true);

    assertClose(1e-6, outputs.get(0), 1 + 0.5 * noise(0));
    assertClose(0, outputs.get(1), 6);
  }

  @Test
  void gradientsPassThroughTheNoise(NDManager manager) {
    Block noisy = new NoisyLayer(0.5, stream(0), Activation.TANH.layer());
    ParameterStore store = new ParameterStore(manager, false);

    assertDifferentiable(
        manager,
        x -> noisy.forward(store, new NDList(x), true).head().square().sum(),
        new double[] {0.3, -1, 2});
  }

  private static RandomStream stream(int layer) {
    return () -> STREAMS.at("layer", layer);
  }

  private static double noise(int layer) {
    return STREAMS.at("layer", layer).nextGaussian();
  }

  private static Block sum() {
    Block layer = Linear.builder().setUnits(1).optBias(false).build();
    layer.setInitializer(new ConstantInitializer(2), Parameter.Type.WEIGHT);
    return layer;
  }

  private static Block initialized(NDManager manager, Block network) {
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
    return network;
  }

  private static NDList forward(NDManager manager, Block network, float input, boolean training) {
    NDArray x = manager.create(new float[] {input}, new Shape(1, 1));
    return network.forward(new ParameterStore(manager, false), new NDList(x), training);
  }
}
