package org.gantry.plugin.brushes;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class SketchBrushTest implements ComponentContract {

  private static SketchBrush brush(MaskShape... mask) {
    return new SketchBrush(new SketchBrush.Options(List.of(mask), TestSite.NO_FILE, 0.2));
  }

  @Override
  public Object createComponent() {
    return brush(MaskShape.stroke(3, 4.0, 4.0, 28.0, 20.0));
  }

  /** arXiv:1609.03552, section 4: a gradient to the right is in the first of eight bins alone. */
  @Test
  void aGradientToTheRightIsInTheFirstBin(NDManager manager) {
    NDArray one = manager.ones(new Shape(1, 1, 1, 1));
    NDArray bins = new OrientationHistogram(8, 8).bins(one, one.zerosLike());

    assertClose(1e-5, bins, 0.993933, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void theWeightsOfACellAreATriangle() {
    OrientationHistogram histogram = new OrientationHistogram(8, 8);

    assertEquals(0.0625, histogram.triangle(0), 1e-9);
    assertEquals(0.1875, histogram.triangle(1), 1e-9);
    assertEquals(0.9375, histogram.triangle(7), 1e-9);
    assertEquals(0.9375, histogram.triangle(8), 1e-9);
    assertEquals(0.0625, histogram.triangle(15), 1e-9);
  }

  @Test
  void cellsAreCountedAndAFlatPictureHasNoEdges(NDManager manager) {
    NDArray flat = manager.ones(new Shape(2, 3, 24, 32));
    NDArray histogram = new OrientationHistogram(8, 8).of(flat);

    assertEquals(new Shape(2, 8, 3, 4), histogram.getShape());
    assertEquals(0, histogram.abs().max().getFloat());
  }

  /** The edge of a step, whose gradient by Sobel / 4 is 1/2 in both columns next to it. */
  @Test
  void aVerticalEdgeHasTheExpectedHistogram(NDManager manager) {
    float[] step = new float[64];
    for (int i = 0; i < 64; i++) {
      step[i] = i % 8 < 4 ? 0 : 0.5f;
    }
    NDArray picture = manager.create(step, new Shape(1, 1, 8, 8));
    float[] bins = new OrientationHistogram(8, 4).of(picture).toFloatArray();
    // The gradient is 0.5 in columns 3 and 4: one has the weight .875, the other .375.
    double response = 13.137071 * 0.5 - 12.137071 * Math.sqrt(0.25 + 1e-3);
    double down = 0.125 + 0.375 + 0.625 + 0.875 + 0.875 + 0.625 + 0.375 + 0.125;

    double upper = down - 0.125 - 0.375;
    assertEquals(response * upper * (0.625 + 0.375), bins[0], 1e-3);
    assertEquals(0, bins[4], 1e-6);
  }

  @Test
  void theSketchedPictureCostsLessThanAnother(NDManager manager) {
    ConstraintSite site = TestSite.of(manager, 1, 32, new float[32 * 32]);
    SketchBrush brush = brush(MaskShape.rectangle(8, 8, 12, 12));

    double right = TestSite.cost(brush, site, TestSite.square(32, 8, 8, 12));
    double moved = TestSite.cost(brush, site, TestSite.square(32, 14, 14, 12));
    double empty = TestSite.cost(brush, site, TestSite.square(32, 0, 0, 0));
    assertEquals(0, right, 1e-6);
    assertTrue(moved > 0.1, Double.toString(moved));
    assertTrue(empty > 0.1, Double.toString(empty));
  }

  @Test
  void picturesSmallerThanACellAreRefused(NDManager manager) {
    ConstraintSite site = TestSite.of(manager, 3, 6, new float[108]);

    assertEquals(
        "edges are compared in cells of 8 x 8 pixels, and the pictures have 6 x 6",
        assertThrows(
                UnusableComponentException.class,
                () -> brush(MaskShape.circle(3, 3, 2)).prepare(site))
            .getMessage());
  }
}
