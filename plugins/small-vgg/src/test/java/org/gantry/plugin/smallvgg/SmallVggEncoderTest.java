package org.gantry.plugin.smallvgg;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class SmallVggEncoderTest implements ComponentContract {

  private static final Shape IMAGES = new Shape(2, 3, 16, 16);

  @Override
  public Object createComponent() {
    return new SmallVggEncoder(new SmallVggEncoder.Options(2, 2, 0, true));
  }

  @Test
  void theFeaturesAreThoseOfTheChosenLayer() {
    assertEquals(new Shape(2, 8, 16, 16), build(2, true).getOutputShapes(new Shape[] {IMAGES})[1]);
    assertEquals(new Shape(2, 16, 8, 8), build(0, true).getOutputShapes(new Shape[] {IMAGES})[1]);
    assertEquals(new Shape(2, 5), build(3, false).getOutputShapes(new Shape[] {IMAGES})[0]);
  }

  @Test
  void activatedFeaturesAreThePositivePartOfTheOthersAndTheCodeIsTheSame(NDManager manager) {
    NDArray images = manager.randomUniform(-1, 1, IMAGES);
    Block after = build(3, true);
    Block before = build(3, false);
    after.initialize(manager, DataType.FLOAT32, IMAGES);
    before.initialize(manager, DataType.FLOAT32, IMAGES);
    for (int i = 0; i < after.getParameters().size(); i++) {
      NDArray weights = after.getParameters().get(i).getValue().getArray();
      before.getParameters().get(i).getValue().getArray().set(weights.toByteBuffer());
    }

    NDList activated = forward(manager, after, images);
    NDList plain = forward(manager, before, images);

    assertTrue(plain.get(1).min().getFloat() < 0);
    assertEquals(0, plain.get(1).maximum(0).sub(activated.get(1)).abs().max().getFloat(), 1e-6);
    assertEquals(0, plain.get(0).sub(activated.get(0)).abs().max().getFloat(), 1e-6);
  }

  @Test
  void aLayerThatDoesNotExistIsRefused() {
    UnusableComponentException refusal =
        assertThrows(UnusableComponentException.class, () -> build(5, true));

    assertTrue(refusal.getMessage().contains("has 4 convolutions"), refusal.getMessage());
  }

  private static NDList forward(NDManager manager, Block network, NDArray images) {
    return network.forward(new ParameterStore(manager, false), new NDList(images), false);
  }

  private static Block build(int features, boolean activated) {
    return new SmallVggEncoder(new SmallVggEncoder.Options(8, 2, features, activated))
        .build(
            new StandaloneSite(
                "content-encoder",
                Map.of("image", new Shape(3, 16, 16)),
                Map.of("latent", new Shape(5))));
  }
}
