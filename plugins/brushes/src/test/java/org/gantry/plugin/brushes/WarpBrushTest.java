package org.gantry.plugin.brushes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class WarpBrushTest implements ComponentContract {

  private static WarpBrush brush(double across, double down) {
    return new WarpBrush(
        new WarpBrush.Options(
            List.of(MaskShape.rectangle(3, 3, 10, 10)), List.of(across, down), 1, 0.2));
  }

  @Override
  public Object createComponent() {
    return brush(5, -2.5);
  }

  @Test
  void theDraggedPartIsWantedAtTheNewPlace(NDManager manager) {
    ConstraintSite site = TestSite.of(manager, 1, 32, TestSite.square(32, 4, 4, 8));

    double moved = TestSite.cost(brush(9, 6), site, TestSite.square(32, 13, 10, 8));
    double unmoved = TestSite.cost(brush(9, 6), site, TestSite.square(32, 4, 4, 8));
    assertEquals(0, moved, 0.05);
    assertTrue(unmoved > 1, Double.toString(unmoved));
  }

  @Test
  void planesMoveByPartsOfAPixel() {
    assertArrayEquals(
        new float[] {0, 0, 0, 0.5f, 1, 0.5f},
        new PlaneShift(0.5, 1, 2, 3).of(new float[] {1, 1, 0, 5, 5, 5}));
  }

  @Test
  void aPlaceOutsideOfThePictureIsRefused(NDManager manager) {
    ConstraintSite site = TestSite.of(manager, 1, 32, new float[32 * 32]);

    assertEquals(
        "moved by [40.0, 0.0], the mask lies outside of the picture, which has 32 x 32 pixels",
        assertThrows(UnusableComponentException.class, () -> brush(40, 0).prepare(site))
            .getMessage());
  }
}
