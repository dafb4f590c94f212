package org.gantry.plugin.plugandplay;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.gantry.tensor.FloatArrays;

/** Codes as rows in Java. */
final class CodeRows {

  private CodeRows() {}

  /** The rows of an array of shape (n, ...). */
  static float[][] of(NDArray array) {
    float[] all = array.toFloatArray();
    float[][] rows = new float[Math.toIntExact(array.getShape().get(0))][];
    int length = all.length / rows.length;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(all, i * length, (i + 1) * length);
    }
    return rows;
  }

  /**
   * An array of rows.
   *
   * @param shape the shape of a row
   * @return shape (n, ...), which belongs to the manager
   */
  static NDArray array(NDManager manager, Shape shape, float[][] rows) {
    return FloatArrays.fill(
        manager,
        new Shape(rows.length).addAll(shape),
        buffer -> {
          for (float[] row : rows) {
            buffer.put(row);
          }
        });
  }
}
