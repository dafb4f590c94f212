package org.gantry.plugin.classifierscore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Selects rows of matrices. */
final class MatrixRows {

  private MatrixRows() {}

  /**
   * Selects rows, in the given order.
   *
   * @param into owns the result
   * @param matrix shape (n, columns)
   */
  static NDArray select(NDManager into, NDArray matrix, int... rows) {
    try (NDArray indices = into.create(Arrays.stream(rows).asLongStream().toArray())) {
      NDArray chosen = matrix.get(new NDIndex("{}", indices));
      chosen.attach(into);
      return chosen;
    }
  }

  /**
   * Copies the first rows.
   *
   * @param matrix shape (n, columns) of float32
   */
  static List<float[]> firstRows(NDArray matrix, int count) {
    float[] values = matrix.toFloatArray();
    int width = Math.toIntExact(matrix.getShape().get(1));
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
    }
    return rows;
  }
}
