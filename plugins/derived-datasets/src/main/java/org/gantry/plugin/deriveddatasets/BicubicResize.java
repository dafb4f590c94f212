package org.gantry.plugin.deriveddatasets;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import org.gantry.data.BicubicWeights;
import org.gantry.data.DatasetField;

/**
 * Resizes images by bicubic interpolation.
 *
 * @param image what images are before
 * @param to the shape after, with as many channels
 */
record BicubicResize(DatasetField image, Shape to) {

  /**
   * Resizes an image.
   *
   * @param pixels its values, channel by channel and row by row
   * @param into receives the values in [-1, 1]
   */
  void apply(float[] pixels, FloatBuffer into) {
    int height = Math.toIntExact(image.shape().get(1));
    int width = Math.toIntExact(image.shape().get(2));
    BicubicWeights rows = new BicubicWeights(height, Math.toIntExact(to.get(1)));
    BicubicWeights columns = new BicubicWeights(width, Math.toIntExact(to.get(2)));
    double middle = (image.high() + image.low()) / 2;
    double half = (image.high() - image.low()) / 2;
    for (int from = 0; from < pixels.length; from += height * width) {
      double[][] lines = new double[height][];
      for (int y = 0; y < height; y++) {
        int start = from + y * width;
        lines[y] = columns.resize(x -> (pixels[start + x] - middle) / half);
      }
      double[][] resized = new double[columns.to()][];
      for (int x = 0; x < resized.length; x++) {
        int column = x;
        resized[x] = rows.resize(y -> lines[y][column]);
      }
      for (int y = 0; y < rows.to(); y++) {
        for (double[] column : resized) {
          into.put((float) Math.max(-1, Math.min(1, column[y])));
        }
      }
    }
  }
}
