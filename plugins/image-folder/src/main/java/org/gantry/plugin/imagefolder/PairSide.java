package org.gantry.plugin.imagefolder;

import java.nio.FloatBuffer;
import java.util.List;
import org.gantry.data.DatasetField;

/**
 * One side of all pairs: pictures, or the same part of the columns of pictures.
 *
 * @param field the field of the side, an image
 * @param samples the pictures
 * @param order the index of the picture of each pair
 * @param firstColumn where the side begins in each row of a picture
 * @param rowLength the width of a whole picture
 */
record PairSide(
    DatasetField field, SampleBytes samples, List<Integer> order, int firstColumn, int rowLength) {

  /** Puts the values of one side of a pair, in [-1, 1]. */
  void read(int pair, boolean mirrored, FloatBuffer into) {
    byte[] bytes = samples.bytes(order.get(pair));
    int rows = Math.toIntExact(field.shape().get(0) * field.shape().get(1));
    int width = Math.toIntExact(field.shape().get(2));
    for (int row = 0; row < rows; row++) {
      for (int x = 0; x < width; x++) {
        int column = firstColumn + (mirrored ? width - 1 - x : x);
        into.put((bytes[row * rowLength + column] & 0xFF) / 127.5f - 1);
      }
    }
  }
}
