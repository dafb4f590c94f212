package org.gantry.runs.blending;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.gantry.tensor.Kernel;

/**
 * The orthonormal discrete cosine transform (DCT-II) of planes of any size, by the fast Fourier
 * transform of the engine (Makhoul, 1980). It transforms some rows at a time, so it needs little
 * memory in addition to the plane.
 */
final class CosineTransform {

  /** The values that are transformed at a time, about. */
  private static final int CHUNK = 1 << 18;

  private final NDManager manager;
  private final Kernel forward;
  private final Kernel inverse;

  /**
   * Creates a transform.
   *
   * @param manager owns the kernels, and nothing more after each call
   */
  CosineTransform(NDManager manager) {
    this.manager = manager;
    forward = load("cosine-transform.torchscript");
    inverse = load("inverse-cosine-transform.torchscript");
  }

  private Kernel load(String file) {
    return Kernel.load(manager, Kernel.readSource(CosineTransform.class, file));
  }

  /**
   * Transforms a plane along both axes.
   *
   * @param plane row by row; overwritten
   * @return the coefficients column by column: that of (row, column) is at column * rows + row
   */
  double[] forward(double[] plane, int rows, int columns) {
    transformRows(forward, plane, rows, columns, order(columns));
    double[] turned = transposed(plane, rows, columns);
    transformRows(forward, turned, columns, rows, order(rows));
    return turned;
  }

  /**
   * Reverts a transform.
   *
   * @param coefficients column by column; overwritten
   * @return the plane row by row
   */
  double[] inverse(double[] coefficients, int rows, int columns) {
    transformRows(inverse, coefficients, columns, rows, inverted(order(rows)));
    double[] plane = transposed(coefficients, columns, rows);
    transformRows(inverse, plane, rows, columns, inverted(order(columns)));
    return plane;
  }

  private void transformRows(Kernel kernel, double[] plane, int rows, int columns, long[] order) {
    int atOnce = Math.max(1, CHUNK / columns);
    try (NDManager constants = manager.newSubManager()) {
      NDArray orders = constants.create(order);
      NDArray scales = constants.create(scales(columns));
      NDArray cosines = constants.create(angles(columns, true));
      NDArray sines = constants.create(angles(columns, false));
      for (int row = 0; row < rows; row += atOnce) {
        int count = Math.min(atOnce, rows - row);
        int start = row * columns;
        try (NDManager scratch = manager.newSubManager()) {
          NDArray part =
              scratch
                  .create(Arrays.copyOfRange(plane, start, start + count * columns))
                  .reshape(new Shape(count, columns));
          double[] result = kernel.call(part, orders, scales, cosines, sines).toDoubleArray();
          System.arraycopy(result, 0, plane, start, result.length);
        }
      }
    }
  }

  private static double[] transposed(double[] plane, int rows, int columns) {
    double[] turned = new double[plane.length];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        turned[x * rows + y] = plane[y * columns + x];
      }
    }
    return turned;
  }

  /** The values with even numbers, then those with odd ones backwards. */
  private static long[] order(int length) {
    long[] order = new long[length];
    for (int i = 0; i < length; i++) {
      order[i % 2 == 0 ? i / 2 : length - 1 - i / 2] = i;
    }
    return order;
  }

  private static long[] inverted(long[] order) {
    long[] inverted = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      inverted[Math.toIntExact(order[i])] = i;
    }
    return inverted;
  }

  private static double[] scales(int length) {
    double[] scales = new double[length];
    Arrays.fill(scales, Math.sqrt(2.0 / length));
    scales[0] = Math.sqrt(1.0 / length);
    return scales;
  }

  private static double[] angles(int length, boolean cosine) {
    double[] values = new double[length];
    for (int k = 0; k < length; k++) {
      double angle = Math.PI * k / (2.0 * length);
      values[k] = cosine ? Math.cos(angle) : Math.sin(angle);
    }
    return values;
  }
}
