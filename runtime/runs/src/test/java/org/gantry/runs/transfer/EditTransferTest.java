package org.gantry.runs.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gantry.constraint.PictureFrame;
import org.gantry.data.DatasetField;
import org.gantry.runs.translation.ImagePixels;
import org.junit.jupiter.api.Test;

final class EditTransferTest {

  /** A smooth picture of some shapes, whose brightness at a point is a function of the point. */
  private static double shapes(double x, double y) {
    double disc = 1 / (1 + Math.exp(Math.hypot(x - 0.35, y - 0.4) * 40 - 8));
    double bar =
        1 / (1 + Math.exp(40 * Math.max(Math.abs(x - 0.7) - 0.08, Math.abs(y - 0.55) - 0.2)));
    return 0.1 + 0.5 * disc + 0.4 * bar * (0.6 + 0.4 * Math.sin(25 * y));
  }

  private static PlanarPicture picture(int channels, int side, double across, double down) {
    PlanarPicture picture = new PlanarPicture(channels, side, side);
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double value = shapes((x - across + 0.5) / side, (y - down + 0.5) / side);
          picture.set(channel, y, x, channel == 1 ? 0.8 - 0.6 * value : value);
        }
      }
    }
    return picture;
  }

  private static PlanarPicture recoloured(PlanarPicture picture, double gain, double bias) {
    float[] values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (gain * values[i] + bias);
    }
    return new PlanarPicture(picture.planes(), picture.height(), picture.width(), values);
  }

  private static double error(PlanarPicture one, PlanarPicture other) {
    double sum = 0;
    for (int i = 0; i < one.values().length; i++) {
      double difference = one.values()[i] - other.values()[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / one.values().length);
  }

  private static TransferSettings frozen() {
    TransferSettings usual = TransferSettings.USUAL;
    return new TransferSettings(
        usual.motionSmoothness(), usual.colourSmoothness(), usual.rounds(), true);
  }

  /** arXiv:1609.03552, section 6: the data term of one pixel. */
  @Test
  void theResidualOfAPixelIsThatOfTheAffineMap() {
    double[] map = {1.1, 0, 0, 0.05, 0, 0.9, 0, 0, 0, 0, 1, -0.02};
    double[] mapped = MotionColourMap.applied(map, new double[] {0.42, 0.41, 0.33});
    double[] residual = {0.5 - mapped[0], 0.4 - mapped[1], 0.3 - mapped[2]};

    assertArrayEquals(new double[] {-0.012, 0.031, -0.01}, residual, 1e-9);
    assertEquals(
        0.001205,
        residual[0] * residual[0] + residual[1] * residual[1] + residual[2] * residual[2],
        1e-9);
  }

  /**
   * The experiment of the paper's section 6 in small: a shift by (2, 1), gain 1.2 and bias 0.05.
   */
  @Test
  void aShiftWithAChangeOfColourIsFound() {
    for (int channels : new int[] {1, 3}) {
      for (int side : new int[] {28, 64}) {
        PlanarPicture before = picture(channels, side, 0, 0);
        PlanarPicture after = recoloured(picture(channels, side, 2, 1), 1.2, 0.05);
        double unwarped = error(after, before);
        MotionColourMap map = MotionColourEstimate.of(after, before, TransferSettings.USUAL);
        double warped = error(after, map.applyTo(before));
        double motionAlone =
            error(after, MotionColourEstimate.of(after, before, frozen()).applyTo(before));

        assertTrue(warped < 0.3 * unwarped, side + ": " + warped + " of " + unwarped);
        assertTrue(warped < motionAlone, side + ": " + warped + " and " + motionAlone);
      }
    }
  }

  @Test
  void theMotionOfAnEdgeIsThatOfThePicture() {
    PlanarPicture before = picture(1, 32, 0, 0);
    PlanarPicture after = picture(1, 32, 2, 1);
    MotionColourMap map = MotionColourEstimate.of(after, before, frozen());

    // The lower border of the disc, and its right one.
    assertEquals(-1, map.motion().at(1, 19, 13), 0.35);
    assertEquals(-2, map.motion().at(0, 13, 19), 0.35);
  }

  @Test
  void changesOneAfterAnotherAreAppliedTogether() {
    PlanarPicture first = picture(3, 32, 0, 0);
    MotionColourMap once = constant(1.5, 0.5, 1.1, 0.02);
    MotionColourMap again = constant(-0.5, 1, 0.8, -0.01);
    PlanarPicture stepwise = again.applyTo(once.applyTo(first));
    PlanarPicture together = again.after(once).applyTo(first);

    // Interpolating twice blurs a little.
    assertTrue(error(stepwise, together) < 0.01);
    assertEquals(1, again.after(once).motion().at(0, 5, 5), 1e-6);
    assertEquals(1.5, again.after(once).motion().at(1, 5, 5), 1e-6);
    assertEquals(0.8 * 0.02 - 0.01, again.after(once).colour().at(3, 5, 5), 1e-6);
  }

  private static MotionColourMap constant(double across, double down, double gain, double bias) {
    MotionColourMap map = MotionColourMap.identity(3, 32, 32);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        map.motion().set(0, y, x, across);
        map.motion().set(1, y, x, down);
        for (int channel = 0; channel < 3; channel++) {
          map.colour().set(channel * 5, y, x, gain);
          map.colour().set(channel * 4 + 3, y, x, bias);
        }
      }
    }
    return map;
  }

  private static ImagePixels pixels(PlanarPicture picture) {
    return new ImagePixels(
        picture.planes(), picture.height(), picture.width(), recoloured(picture, 2, -1).values());
  }

  /** A path of 28 pixels, and a picture that is 15 times as large and not square. */
  @Test
  void theChangeIsAppliedToALargePictureInItsOwnSize() {
    List<ImagePixels> path =
        List.of(
            pixels(picture(1, 28, 0, 0)),
            pixels(recoloured(picture(1, 28, 1, 0.5), 1.1, 0.025)),
            pixels(recoloured(picture(1, 28, 2, 1), 1.2, 0.05)));
    EditTransfer transfer =
        EditTransfer.along(path, DatasetField.image(1, 28, 28), TransferSettings.USUAL);
    PlanarPicture large = picture(1, 420, 0, 0);
    PlanarPicture wanted = recoloured(picture(1, 420, 30, 15), 1.2, 0.05);
    ImagePixels result = transfer.applyTo(pixels(large), PictureFrame.whole(420, 420));
    double before = error(new PlanarPicture(1, 420, 420, pixels(wanted).values()), unitless(large));

    assertTrue(
        error(
                new PlanarPicture(1, 420, 420, pixels(wanted).values()),
                new PlanarPicture(1, 420, 420, result.values()))
            < 0.35 * before);
  }

  private static PlanarPicture unitless(PlanarPicture picture) {
    return new PlanarPicture(
        picture.planes(), picture.height(), picture.width(), pixels(picture).values());
  }

  @Test
  void aPathThatStaysChangesNothing() {
    ImagePixels small = pixels(picture(3, 32, 0, 0));
    EditTransfer transfer =
        EditTransfer.along(
            List.of(small, small), DatasetField.image(3, 32, 32), TransferSettings.USUAL);
    ImagePixels large = pixels(picture(3, 50, 0, 0));

    assertArrayEquals(
        large.values(),
        transfer.applyTo(large, new PictureFrame(50, 50, 9, 9, 32, 32)).values(),
        1e-5f);
  }
}
