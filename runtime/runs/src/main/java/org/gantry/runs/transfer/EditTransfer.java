package org.gantry.runs.transfer;

import java.util.List;
import org.gantry.constraint.PictureFrame;
import org.gantry.data.DatasetField;
import org.gantry.runs.translation.ImagePixels;

/**
 * Carries the change along a path of small pictures to a picture of any size (arXiv:1609.03552,
 * section 6). The small pictures only say how pixels move and change their colour, so the result
 * keeps the details of the large one. Needs memory for the result, and for maps of the size of the
 * small pictures.
 */
public final class EditTransfer {

  private final DatasetField field;
  private final MotionColourMap map;

  private EditTransfer(DatasetField field, MotionColourMap map) {
    this.field = field;
    this.map = map;
  }

  /**
   * Estimates the change along a path.
   *
   * @param path the pictures from the start to the end, with small steps; at least 2, of one size
   * @param field the range of their values
   */
  public static EditTransfer along(
      List<ImagePixels> path, DatasetField field, TransferSettings settings) {
    PlanarPicture before = unit(path.get(0), field);
    MotionColourMap whole =
        MotionColourMap.identity(before.planes(), before.height(), before.width());
    for (ImagePixels each : path.subList(1, path.size())) {
      PlanarPicture after = unit(each, field);
      whole = MotionColourEstimate.of(after, before, settings).after(whole);
      before = after;
    }
    return new EditTransfer(field, whole);
  }

  /** The picture with values from 0 to 1. */
  private static PlanarPicture unit(ImagePixels picture, DatasetField field) {
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((picture.values()[i] - field.low()) / (field.high() - field.low()));
    }
    return new PlanarPicture(picture.channels(), picture.height(), picture.width(), values);
  }

  /**
   * Applies the change to a picture. Where the small pictures end, their border counts.
   *
   * @param picture with the range of the field
   * @param frame where the small pictures lie in it
   * @return a picture of the same size
   */
  public ImagePixels applyTo(ImagePixels picture, PictureFrame frame) {
    int pixels = picture.height() * picture.width();
    int channels = picture.channels();
    PlanarPicture source =
        new PlanarPicture(channels, picture.height(), picture.width(), picture.values());
    double across = frame.partWidth() / (double) map.width();
    double down = frame.partHeight() / (double) map.height();
    double range = field.high() - field.low();
    float[] result = new float[picture.values().length];
    double[] colours = new double[channels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int y = pixel / picture.width();
      int x = pixel % picture.width();
      double row = (y + 0.5 - frame.top()) / down - 0.5;
      double column = (x + 0.5 - frame.left()) / across - 0.5;
      double fromX = x + across * map.motion().between(0, row, column);
      double fromY = y + down * map.motion().between(1, row, column);
      for (int channel = 0; channel < channels; channel++) {
        colours[channel] = (source.between(channel, fromY, fromX) - field.low()) / range;
      }
      double[] mapped = MotionColourMap.applied(map.colourAt(row, column), colours);
      for (int channel = 0; channel < channels; channel++) {
        double value = Math.max(0, Math.min(1, mapped[channel]));
        result[channel * pixels + pixel] = (float) (field.low() + range * value);
      }
    }
    return new ImagePixels(channels, picture.height(), picture.width(), result);
  }
}
