package org.gantry.plugin.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Normalization;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class UnetGeneratorTest implements ComponentContract {

  private static final Shape IMAGE = new Shape(1, 32, 32);

  private static UnetGenerator generator(
      int width, Normalization normalization, double dropout, boolean skips) {
    return new UnetGenerator(
        new UnetGenerator.Options(
            width, normalization, dropout, skips, BottleneckLayers.CONVOLUTION, 8));
  }

  @Override
  public Object createComponent() {
    return generator(4, Normalization.INSTANCE, 0, true);
  }

  @Test
  void dropoutGivesTheSameInputAnotherImageEachTime(NDManager manager) {
    float[][] images = twoImages(manager, 0.5);

    assertNotEquals(sum(images[0]), sum(images[1]));
  }

  @Test
  void withoutDropoutAnInputHasOneImage(NDManager manager) {
    float[][] images = twoImages(manager, 0);

    assertEquals(sum(images[0]), sum(images[1]));
  }

  @Test
  void withoutSkipsTheLayersOfASizeDoNotMeet(NDManager manager) {
    assertTrue(weights(manager, false) < weights(manager, true));
  }

  private static long weights(NDManager manager, boolean skips) {
    Block network =
        generator(4, Normalization.NONE, 0, skips)
            .build(new StandaloneSite("generator", Map.of("given", IMAGE), Map.of("image", IMAGE)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(IMAGE));
    return network.getParameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  @Test
  void aConditionChangesTheImageAndNotTheFeatures(NDManager manager) {
    Shape batch = new Shape(1).addAll(IMAGE);
    Block network =
        generator(4, Normalization.NONE, 0, true)
            .build(
                new StandaloneSite(
                    "generator",
                    Map.of("given", IMAGE, "condition", new Shape(3)),
                    Map.of("image", IMAGE)));
    network.initialize(manager, DataType.FLOAT32, batch, new Shape(1, 3));
    ParameterStore store = new ParameterStore(manager, false);
    NDArray given = manager.ones(batch);
    NDList one =
        network.forward(store, new NDList(given, manager.create(new float[][] {{1, 0, 0}})), false);
    NDList other =
        network.forward(store, new NDList(given, manager.create(new float[][] {{0, 5, 0}})), false);

    assertNotEquals(sum(one.get(0).toFloatArray()), sum(other.get(0).toFloatArray()));
    assertEquals(one.get(1), other.get(1));
    assertEquals(new Shape(1, 16, 4, 4), one.get(1).getShape());
    assertArrayEquals(
        new Shape[] {batch, new Shape(1, 16, 4, 4)},
        network.getOutputShapes(new Shape[] {batch, new Shape(1, 3)}));
  }

  /**
   * Sizes and costs are summed over all parts, which know their inputs once they are initialized.
   */
  @Test
  void withoutAConditionEveryPartIsInitialized(NDManager manager) {
    Block network =
        generator(4, Normalization.NONE, 0, true)
            .build(new StandaloneSite("generator", Map.of("given", IMAGE), Map.of("image", IMAGE)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(IMAGE));

    requireInputs(network);
  }

  private static void requireInputs(Block block) {
    assertNotNull(block.getInputShapes());
    block.getChildren().values().forEach(UnetGeneratorTest::requireInputs);
  }

  @Test
  void onlyABottleneckOfLayersCarriesACornerToTheOther(NDManager manager) {
    assertEquals(0, reach(manager, BottleneckLayers.CONVOLUTION));
    assertNotEquals(0, reach(manager, BottleneckLayers.FULLY_CONNECTED));
    assertNotEquals(0, reach(manager, BottleneckLayers.CHANNEL_WISE));
  }

  /** How much the last pixel changes with the first one, without skips. */
  private static double reach(NDManager manager, BottleneckLayers bottleneck) {
    Shape wide = new Shape(1, 64, 64);
    Block network =
        new UnetGenerator(new UnetGenerator.Options(4, Normalization.NONE, 0, false, bottleneck, 8))
            .build(new StandaloneSite("generator", Map.of("given", wide), Map.of("image", wide)));
    Shape batch = new Shape(1).addAll(wide);
    // Larger weights than those of a training: the change passes through many layers.
    network.setInitializer(new NormalInitializer(0.3f), Parameter.Type.WEIGHT);
    network.initialize(manager, DataType.FLOAT32, batch);
    ParameterStore store = new ParameterStore(manager, false);
    NDArray given = manager.zeros(batch);
    float before = last(network.forward(store, new NDList(given), false));
    given.set(new NDIndex("0, 0, 0, 0"), 5);
    return last(network.forward(store, new NDList(given), false)) - before;
  }

  private static float last(NDList outputs) {
    float[] values = outputs.head().toFloatArray();
    return values[values.length - 1];
  }

  /** 4 x 4 positions are connected in each of the channels, or through a code of 8 values. */
  @Test
  void theBottlenecksHaveTheirNumberOfWeights(NDManager manager) {
    int channels = 16;
    assertEquals(16 * 16 * 16 + 16 * 16, weights(manager, new ChannelwiseLinear(), channels));
    assertEquals(
        256 * 8 + 8 + 8 * 256 + 256,
        weights(
            manager,
            BottleneckLayers.FULLY_CONNECTED
                .layers(new Shape(channels, 4, 4), 8, Normalization.NONE)
                .orElseThrow(),
            channels));
  }

  private static long weights(NDManager manager, Block block, int channels) {
    block.initialize(manager, DataType.FLOAT32, new Shape(1, channels, 4, 4));
    return block.getParameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  @Test
  void aChannelIsMultipliedByItsOwnMatrix(NDManager manager) {
    ChannelwiseLinear layer = new ChannelwiseLinear();
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 1, 2));
    NDArray weight = layer.getParameters().valueAt(0).getArray();
    weight.set(new float[] {1, 2, 3, 4, 0, 1, 1, 0});
    NDArray given = manager.create(new float[] {1, 10, 1, 10}, new Shape(1, 2, 1, 2));

    assertArrayEquals(
        new float[] {31, 42, 10, 1},
        layer
            .forward(new ParameterStore(manager, false), new NDList(given), false)
            .head()
            .toFloatArray());
  }

  @Test
  void otherSizeIsRefused() {
    UnusableComponentException refusal =
        assertThrows(UnusableComponentException.class, () -> build(0, new Shape(1, 16, 16)));

    assertTrue(refusal.getMessage().contains("same size"), refusal.getMessage());
  }

  private static float[][] twoImages(NDManager manager, double dropout) {
    Block network = build(dropout, IMAGE);
    Shape batch = new Shape(1).addAll(IMAGE);
    network.initialize(manager, DataType.FLOAT32, batch);
    ParameterStore store = new ParameterStore(manager, false);
    NDArray given = manager.ones(batch);
    return new float[][] {
      network.forward(store, new NDList(given), false).head().toFloatArray(),
      network.forward(store, new NDList(given), false).head().toFloatArray()
    };
  }

  private static Block build(double dropout, Shape given) {
    return generator(4, Normalization.NONE, dropout, true)
        .build(new StandaloneSite("generator", Map.of("given", given), Map.of("image", IMAGE)));
  }

  private static double sum(float[] image) {
    double sum = 0;
    for (float value : image) {
      sum += value;
    }
    return sum;
  }
}
