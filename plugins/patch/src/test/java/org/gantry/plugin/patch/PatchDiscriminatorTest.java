package org.gantry.plugin.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.Normalization;
import org.gantry.testkit.StandaloneSite;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TensorTest
final class PatchDiscriminatorTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return discriminator(4, 1, Normalization.INSTANCE);
  }

  /** Appendix: the network of 70 x 70 over two pictures of three channels. */
  @Test
  void networkOfThePaperHasItsParameters(NDManager manager) {
    Block network =
        discriminator(64, 3, Normalization.BATCH)
            .build(
                new StandaloneSite(
                    "discriminator",
                    Map.of("image", new Shape(3, 64, 64), "condition", new Shape(3, 64, 64)),
                    Map.of()));
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 64, 64), new Shape(1, 3, 64, 64));

    assertEquals(
        2_768_705,
        network.getParameters().values().stream()
            .filter(Parameter::requiresGradient)
            .mapToLong(p -> p.getShape().size())
            .sum());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 16", "2, 34", "3, 70"})
  void scoreDependsOnThePixelsOfItsPatchAlone(int halvings, int patch, NDManager manager) {
    int side = 96;
    Block network =
        discriminator(2, halvings, Normalization.NONE)
            .build(StandaloneSite.discriminator(new Shape(1, side, side)));
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 1, side, side));
    ParameterStore store = new ParameterStore(manager, false);
    NDArray image = manager.zeros(new Shape(1, 1, side, side));
    NDArray before = network.forward(store, new NDList(image), false).head();
    // A score in the middle: the patch of a score is around it.
    long middle = before.getShape().get(2) / 2;
    NDIndex score = new NDIndex("0, 0, {}, {}", middle, middle);
    int changed = 0;
    for (int row = 0; row < side; row++) {
      NDArray other = image.duplicate();
      other.set(new NDIndex("0, 0, {}, :", row), 1);
      NDArray after = network.forward(store, new NDList(other), false).head();
      if (after.getFloat(0, 0, middle, middle) != before.get(score).getFloat()) {
        changed++;
      }
    }

    assertEquals(patch, changed);
  }

  @Test
  void imageOfLessThanAPatchIsRefusedWithAFittingNumber() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () ->
                discriminator(4, 5, Normalization.NONE)
                    .build(StandaloneSite.discriminator(new Shape(1, 32, 32))));

    assertTrue(refusal.getMessage().endsWith("such as 3"), refusal.getMessage());
  }

  private static PatchDiscriminator discriminator(
      int width, int halvings, Normalization normalization) {
    return new PatchDiscriminator(new PatchDiscriminator.Options(width, halvings, normalization));
  }
}
