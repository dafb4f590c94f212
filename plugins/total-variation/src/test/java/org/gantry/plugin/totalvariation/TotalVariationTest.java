package org.gantry.plugin.totalvariation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class TotalVariationTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new TotalVariation(new TotalVariation.Options(0.05, 1, List.of()));
  }

  /** The values of the paper's formula, computed by hand. */
  @Test
  void stepsToTheRightAndDownAddUpOverThePixels(NDManager manager) {
    NDArray image = manager.create(new float[] {0, 1, 3, 2, 2, 2, 1, 0, 5}, new Shape(1, 1, 3, 3));

    assertEquals(7.472136, TotalVariation.of(image, 1).getFloat(), 1e-3);
    assertEquals(5 + 5 + 1 + 4, TotalVariation.of(image, 2).getFloat(), 1e-5);
  }

  @Test
  void imagesOfABatchAreAveraged(NDManager manager) {
    NDArray image = manager.create(new float[] {0, 1, 2, 3}, new Shape(1, 1, 2, 2));
    NDArray twice = image.concat(image, 0);

    assertEquals(
        TotalVariation.of(image, 1).getFloat(), TotalVariation.of(twice, 1).getFloat(), 1e-6);
  }

  @Test
  void flatImagesHaveAFiniteGradient(NDManager manager) {
    NDArray flat = manager.zeros(new Shape(1, 1, 3, 3));
    flat.setRequiresGradient(true);
    try (var gradients = manager.getEngine().newGradientCollector()) {
      gradients.backward(TotalVariation.of(flat, 1));
    }

    assertEquals(0, flat.getGradient().abs().max().getFloat());
  }
}
