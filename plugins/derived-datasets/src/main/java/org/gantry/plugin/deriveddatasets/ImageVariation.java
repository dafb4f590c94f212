package org.gantry.plugin.deriveddatasets;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.data.DatasetField;

/**
 * How images of a sample change, alike for all of them.
 *
 * @param top the first row that is kept
 * @param left the first column that is kept
 * @param mirrored whether left and right are exchanged
 * @param contrast the factor of the distance of each value from the middle of its range
 * @param brightness what is added to each value, as a share of its range
 */
record ImageVariation(int top, int left, boolean mirrored, double contrast, double brightness) {

  /**
   * Draws a variation. The number of draws is always the same.
   *
   * @param spareRows how many rows an image has more than its part
   * @param spareColumns how many columns an image has more than its part
   */
  static ImageVariation draw(
      RandomGenerator random, int spareRows, int spareColumns, AugmentedDataset.Options options) {
    return new ImageVariation(
        random.nextInt(spareRows + 1),
        random.nextInt(spareColumns + 1),
        random.nextBoolean() && options.mirrored(),
        1 + options.contrast() * (2 * random.nextDouble() - 1),
        options.brightness() * (2 * random.nextDouble() - 1));
  }

  /** The middle of an image, with its values as they are. */
  static ImageVariation plain(int spareRows, int spareColumns) {
    return new ImageVariation(spareRows / 2, spareColumns / 2, false, 1, 0);
  }

  /**
   * Puts the changed part of an image into a buffer. Values beyond the range become its ends.
   *
   * @param image the values in the order (channel, row, column)
   * @param whole the field of the image
   * @param part the field of the part, with the same channels and range
   */
  void apply(float[] image, DatasetField whole, DatasetField part, FloatBuffer into) {
    int rows = Math.toIntExact(whole.shape().get(1));
    int columns = Math.toIntExact(whole.shape().get(2));
    int height = Math.toIntExact(part.shape().get(1));
    int width = Math.toIntExact(part.shape().get(2));
    double middle = (whole.low() + whole.high()) / 2;
    double added = brightness * (whole.high() - whole.low());
    for (int plane = 0; plane < image.length; plane += rows * columns) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int column = left + (mirrored ? width - 1 - x : x);
          double value = image[plane + (top + y) * columns + column];
          double changed =
              contrast == 1 && added == 0 ? value : middle + (value - middle) * contrast + added;
          into.put((float) Math.max(whole.low(), Math.min(whole.high(), changed)));
        }
      }
    }
  }
}
