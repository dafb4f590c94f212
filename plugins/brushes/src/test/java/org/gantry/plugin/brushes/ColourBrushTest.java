package org.gantry.plugin.brushes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.constraint.ConstraintSite;
import org.gantry.constraint.MaskShape;
import org.gantry.constraint.PictureFrame;
import org.gantry.constraint.PixelMask;
import org.gantry.data.DatasetField;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class ColourBrushTest implements ComponentContract {

  private static ColourBrush brush(List<Double> colour, MaskShape... mask) {
    return new ColourBrush(new ColourBrush.Options(List.of(mask), colour, TestSite.NO_FILE, 1));
  }

  @Override
  public Object createComponent() {
    return brush(List.of(0.9, 0.2, 0.1), MaskShape.rectangle(4, 4, 10, 10));
  }

  /** arXiv:1609.03552, section 4: only row 0 counts, in the range of the network. */
  @Test
  void theCostIsTheMaskedMeanOfTheSquares(NDManager manager) {
    NDArray made = manager.create(new float[] {0.2f, 0.4f, 0.6f, 0.8f}, new Shape(1, 1, 2, 2));
    NDArray target = manager.create(new float[] {1, 0.4f, 0, 0}, new Shape(1, 1, 2, 2));
    PixelMask mask = new PixelMask(2, 2, new float[] {1, 1, 0, 0});

    assertEquals(0.319994, mask.meanOf(made.sub(target).square()).getFloat(), 1e-6);
  }

  @Test
  void theSameCostComesFromTheBrush(NDManager manager) {
    ColourBrush brush =
        new ColourBrush(
            new ColourBrush.Options(
                List.of(MaskShape.rectangle(0, 0, 2, 1)), List.of(), Path.of("target.png"), 1));
    ConstraintSite site = TestSite.of(manager, 1, 2, new float[4], 1, 0.7f, 0.5f, 0.5f);

    assertEquals(0.319994, TestSite.cost(brush, site, new float[] {0.2f, 0.4f, 0.6f, 0.8f}), 1e-5);
  }

  @Test
  void pixelsOutsideOfTheMaskDoNotCount(NDManager manager) {
    ColourBrush brush = brush(List.of(0.9), MaskShape.circle(4, 4, 2));
    ConstraintSite site = TestSite.of(manager, 1, 8, new float[64]);
    float[] picture = new float[64];
    double before = TestSite.cost(brush, site, picture);
    picture[0] = -1;
    picture[63] = 1;

    assertEquals(before, TestSite.cost(brush, site, picture));
    assertEquals(0.64, before, 1e-3);
  }

  @Test
  void aColourIsWantedInEachChannel(NDManager manager) {
    ColourBrush brush = brush(List.of(1.0, 0.5, 0.0), MaskShape.rectangle(0, 0, 1, 1));
    ConstraintSite site = TestSite.of(manager, 3, 1, new float[3]);

    assertEquals(0, TestSite.cost(brush, site, new float[] {1, 0, -1}), 1e-6);
    assertEquals(4 / 3.0, TestSite.cost(brush, site, new float[] {-1, 0, -1}), 1e-4);
  }

  /** A user's picture of 40 x 20, of which the middle is seen in 10 x 10. */
  @Test
  void shapesAreInThePixelsOfThePictureThatTheUserSees(NDManager manager) {
    ConstraintSite site =
        new ConstraintSite(
            DatasetField.image(1, 10, 10),
            new float[100],
            PictureFrame.centred(40, 20, 10, 10),
            (file, channels) -> new float[100],
            manager);
    float[] weights = PixelMask.of(List.of(MaskShape.rectangle(10, 0, 2, 2)), site).weights();

    assertEquals(1, weights[0]);
    assertEquals(0, weights[1]);
    assertEquals(0, weights[10]);
  }

  @Test
  void aShapeOutsideOfThePictureIsRefused(NDManager manager) {
    ConstraintSite site = TestSite.of(manager, 1, 8, new float[64]);

    assertEquals(
        "the circle [30.0, 4.0, 2.0] covers no pixel of the picture, which has 8 x 8 pixels",
        refusal(site, brush(List.of(1.0), MaskShape.circle(30, 4, 2))));
    assertEquals(
        "the pictures are grey, so a colour is one brightness, not [1.0, 0.0, 0.0]",
        refusal(site, brush(List.of(1.0, 0.0, 0.0), MaskShape.circle(4, 4, 2))));
    assertEquals(
        "the picture mask.png is black, so the mask covers no pixel",
        refusal(
            TestSite.of(manager, 1, 8, new float[64], new float[64]),
            brush(List.of(1.0), MaskShape.picture(Path.of("mask.png")))));
  }

  private static String refusal(ConstraintSite site, ColourBrush brush) {
    return assertThrows(UnusableComponentException.class, () -> brush.prepare(site)).getMessage();
  }

  @Test
  void aBrushNeedsAColourOrAPicture() {
    assertThrows(
        UnusableComponentException.class, () -> brush(List.of(), MaskShape.circle(4, 4, 2)));
    assertThrows(
        UnusableComponentException.class,
        () -> brush(List.of(1.0, 0.0), MaskShape.circle(4, 4, 2)));
  }
}
