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
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
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

  @Override
  public Object createComponent() {
    return new UnetGenerator(new UnetGenerator.Options(4, Normalization.INSTANCE, 0, true));
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
        new UnetGenerator(new UnetGenerator.Options(4, Normalization.NONE, 0, skips))
            .build(new StandaloneSite("generator", Map.of("given", IMAGE), Map.of("image", IMAGE)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(IMAGE));
    return network.getParameters().values().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  @Test
  void aConditionChangesTheImageAndNotTheFeatures(NDManager manager) {
    Shape batch = new Shape(1).addAll(IMAGE);
    Block network =
        new UnetGenerator(new UnetGenerator.Options(4, Normalization.NONE, 0, true))
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
        new UnetGenerator(new UnetGenerator.Options(4, Normalization.NONE, 0, true))
            .build(new StandaloneSite("generator", Map.of("given", IMAGE), Map.of("image", IMAGE)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(IMAGE));

    requireInputs(network);
  }

  private static void requireInputs(Block block) {
    assertNotNull(block.getInputShapes());
    block.getChildren().values().forEach(UnetGeneratorTest::requireInputs);
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
    return new UnetGenerator(new UnetGenerator.Options(4, Normalization.NONE, dropout, true))
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
