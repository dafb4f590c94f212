package org.gantry.runs.blending;

import java.util.List;
import org.gantry.data.DatasetField;
import org.gantry.runs.translation.ImagePixels;
import org.gantry.runs.translation.PictureTranslator;

/**
 * The colours that a trained network gives to the pasted picture, scaled to the size of the
 * training (arXiv:1703.07195, section 3.2). Not thread-safe.
 */
public final class NetworkColours implements ColourSource {

  private final PictureTranslator network;

  /**
   * Creates the colours of a network.
   *
   * @param network translates a pasted picture to a blended one of the same size and channels
   */
  public NetworkColours(PictureTranslator network) {
    this.network = network;
  }

  @Override
  public ImagePixels colours(BlendInput coarse) {
    ImagePixels pasted = coarse.pasted();
    DatasetField given = network.pictureField();
    DatasetField made = network.resultField();
    int rows = Math.toIntExact(given.shape().get(1));
    int columns = Math.toIntExact(given.shape().get(2));
    ImagePixels small = resized(pasted, rows, columns);
    ImagePixels blended =
        network.translate(List.of(mapped(small, 0, 1, given.low(), given.high())), () -> {}).get(0);
    return resized(mapped(blended, made.low(), made.high(), 0, 1), pasted.height(), pasted.width());
  }

  private static ImagePixels resized(ImagePixels picture, int height, int width) {
    return ImagePlane.join(
        ImagePlane.all(picture).stream().map(plane -> plane.resized(height, width)).toList());
  }

  private static ImagePixels mapped(
      ImagePixels picture, double low, double high, double newLow, double newHigh) {
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float) (newLow + (picture.values()[i] - low) / (high - low) * (newHigh - newLow));
    }
    return new ImagePixels(picture.channels(), picture.height(), picture.width(), values);
  }
}
