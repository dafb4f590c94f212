package org.gantry.runs.blending;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TensorTest
final class CosineTransformTest {

  private static double[] noise(int length) {
    RandomGenerator random = new RandomStreams(3).at("noise", length);
    return random.doubles(length, -1, 1).toArray();
  }

  /** The definition: a sum over all values for each coefficient. */
  private static double[] bySums(double[] plane, int rows, int columns) {
    double[] coefficients = new double[plane.length];
    for (int k = 0; k < rows; k++) {
      for (int l = 0; l < columns; l++) {
        double sum = 0;
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < columns; x++) {
            sum +=
                plane[y * columns + x]
                    * Math.cos(Math.PI * k * (y + 0.5) / rows)
                    * Math.cos(Math.PI * l * (x + 0.5) / columns);
          }
        }
        double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / rows * (l == 0 ? 1.0 : 2.0) / columns);
        coefficients[l * rows + k] = scale * sum;
      }
    }
    return coefficients;
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "1, 1", "1, 5", "7, 1", "6, 9", "13, 8"})
  void coefficientsAreThoseOfTheDefinition(int rows, int columns, NDManager manager) {
    double[] plane = noise(rows * columns);
    CosineTransform transform = new CosineTransform(manager);

    double[] coefficients = transform.forward(plane.clone(), rows, columns);

    assertArrayEquals(bySums(plane, rows, columns), coefficients, 1e-12);
    assertArrayEquals(plane, transform.inverse(coefficients, rows, columns), 1e-12);
  }

  /** More rows than are transformed at a time, and a prime number of columns. */
  @Test
  void largePlanesComeBackAndLeaveNoArrays(NDManager manager) {
    int rows = 603;
    int columns = 1009;
    double[] plane = noise(rows * columns);
    CosineTransform transform = new CosineTransform(manager);
    int arrays = manager.getManagedArrays().size();

    double[] coefficients = transform.forward(plane.clone(), rows, columns);

    assertArrayEquals(plane, transform.inverse(coefficients, rows, columns), 1e-11);
    assertEquals(arrays, manager.getManagedArrays().size());
  }
}
