package org.gantry.plugin.augmentation;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.assertDifferentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ImageTransformsTest {

  private static final double[] COLOURED = {0.2, 0.4, -0.6, 0.8, 0, 0.2};

  /** Three channels of two pixels. */
  private static NDArray coloured(NDManager manager) {
    return manager.create(COLOURED).reshape(1, 3, 1, 2);
  }

  private static NDArray draws(NDManager manager, double... draws) {
    return manager.create(draws);
  }

  @Test
  void brightnessIsAdded(NDManager manager) {
    assertClose(
        1e-6,
        ImageTransforms.brightness(coloured(manager), draws(manager, 0.75)),
        0.45,
        0.65,
        -0.35,
        1.05,
        0.25,
        0.45);
  }

  @Test
  void saturationStretchesAroundEachPixelsGrey(NDManager manager) {
    assertClose(
        1e-6,
        ImageTransforms.saturation(coloured(manager), draws(manager, 0.75)),
        0.366667,
        0.366667,
        -0.833333,
        0.966667,
        0.066667,
        0.066667);
  }

  @Test
  void contrastStretchesAroundTheImagesMean(NDManager manager) {
    assertClose(
        1e-6,
        ImageTransforms.contrast(coloured(manager), draws(manager, 0.75)),
        0.208333,
        0.458333,
        -0.791667,
        0.958333,
        -0.041667,
        0.208333);
  }

  @Test
  void translationShiftsEachImageByItsDrawsAndFillsWithZeros(NDManager manager) {
    NDArray images = manager.arange(1f, 33f, 1f).reshape(2, 1, 4, 4);
    // A quarter of 4 pixels is 1: draws below a third shift by -1, above two thirds by 1.
    NDArray moved =
        ImageTransforms.translation(
            images,
            manager.create(new float[] {0.9f, 0.5f}),
            manager.create(new float[] {0, 0.5f}),
            0.25);

    assertClose(0, moved.get(0), 0, 0, 0, 0, 2, 3, 4, 0, 6, 7, 8, 0, 10, 11, 12, 0);
    assertClose(0, moved.get(1), images.get(1).toType(DataType.FLOAT64, true).toDoubleArray());
  }

  @Test
  void cutoutSetsASquareAtADrawnPlaceToZero(NDManager manager) {
    NDArray images = manager.ones(new Shape(2, 1, 4, 4));
    NDArray cut =
        ImageTransforms.cutout(
            images,
            manager.create(new float[] {0.5f, 0}),
            manager.create(new float[] {0.5f, 0.99f}),
            0.5);

    // Places are 0 to 4: 2 cuts rows 1 and 2, 0 reaches beyond the border, 4 cuts the last.
    assertClose(0, cut.get(0), 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1);
    assertClose(0, cut.get(1), 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void flipMirrorsImagesWithALowDraw(NDManager manager) {
    NDArray images = manager.arange(1f, 5f, 1f).reshape(2, 1, 1, 2);

    assertClose(
        0, ImageTransforms.flip(images, manager.create(new float[] {0.2f, 0.7f})), 2, 1, 3, 4);
  }

  @Test
  void gradientsPassThroughEveryTransform(NDManager manager) {
    NDArray draw = draws(manager, 0.8);
    NDArray factors = manager.create(new double[] {1, -2, 3, 0.5, 2, -1}).reshape(1, 3, 1, 2);
    for (UnaryOperator<NDArray> change :
        List.<UnaryOperator<NDArray>>of(
            x -> ImageTransforms.brightness(x, draw),
            x -> ImageTransforms.saturation(x, draw),
            x -> ImageTransforms.contrast(x, draw),
            x -> ImageTransforms.translation(x, draw, draw, 0.5),
            x -> ImageTransforms.cutout(x, draw, draw, 0.5),
            x -> ImageTransforms.flip(x, draws(manager, 0.3)))) {
      assertDifferentiable(
          manager, x -> change.apply(x.reshape(1, 3, 1, 2)).mul(factors).square().sum(), COLOURED);
    }
  }
}
