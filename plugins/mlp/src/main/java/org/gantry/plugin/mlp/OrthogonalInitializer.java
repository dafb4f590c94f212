package org.gantry.plugin.mlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import org.gantry.tensor.FloatArrays;

/**
 * Orthogonal initialization (arXiv:1312.6120): random matrices with orthonormal rows, or columns
 * where there are fewer of them, times a gain.
 */
record OrthogonalInitializer(double gain) implements Initializer {

  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType type) {
    int rows = Math.toIntExact(shape.get(0));
    int columns = Math.toIntExact(shape.size() / rows);
    double[][] basis = basis(manager, Math.min(rows, columns), Math.max(rows, columns));
    NDArray array =
        FloatArrays.fill(
            manager,
            shape,
            buffer -> {
              for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                  buffer.put((float) (gain * (rows <= columns ? basis[r][c] : basis[c][r])));
                }
              }
            });
    if (type == DataType.FLOAT32) {
      return array;
    }
    try (array) {
      return array.toType(type, true);
    }
  }

  /** Orthonormal vectors from normal draws, by the Gram-Schmidt process. */
  private static double[][] basis(NDManager manager, int count, int length) {
    float[] numbers;
    try (NDArray normal = manager.randomNormal(new Shape(count, length))) {
      numbers = normal.toFloatArray();
    }
    double[][] basis = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        basis[i][k] = numbers[i * length + k];
      }
      // A single pass is inexact for a vector that almost lies in the span of the others.
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(basis[i], dot(basis[i], basis[j]), basis[j]);
        }
      }
      double norm = Math.sqrt(dot(basis[i], basis[i]));
      for (int k = 0; k < length; k++) {
        basis[i][k] /= norm;
      }
    }
    return basis;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void subtract(double[] from, double factor, double[] vector) {
    for (int k = 0; k < from.length; k++) {
      from[k] -= factor * vector[k];
    }
  }
}
