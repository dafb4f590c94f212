package org.gantry.plugin.laplacianpyramid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** The pyramid of arXiv:1506.05751, section 2.2, with means of four and repeated pixels. */
@TensorTest
final class AreaResizeTest {

  private static NDArray image(NDManager manager) {
    return manager.create(
        new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17}, new Shape(1, 1, 4, 4));
  }

  @Test
  void halfTheSizeIsTheMeanOfEachSquare(NDManager manager) {
    NDArray half = new AreaResize(2, 2).apply(image(manager));

    assertArrayEquals(new float[] {3.5f, 5.5f, 11.5f, 13.75f}, half.toFloatArray(), 1e-6f);
    assertEquals(8.5625f, new AreaResize(1, 1).apply(half).toFloatArray()[0], 1e-6f);
  }

  @Test
  void theDetailsAreWhatTheEnlargedImageLacks(NDManager manager) {
    NDArray image = image(manager);
    NDArray enlarged = new AreaResize(4, 4).apply(new AreaResize(2, 2).apply(image));

    assertArrayEquals(
        new float[] {
          -2.5f, -1.5f, -2.5f, -1.5f, 1.5f, 2.5f, 1.5f, 2.5f, -2.5f, -1.5f, -2.75f, -1.75f, 1.5f,
          2.5f, 1.25f, 3.25f
        },
        image.sub(enlarged).toFloatArray(),
        1e-6f);
  }

  @Test
  void oddSizesKeepTheMean(NDManager manager) {
    NDArray odd = new AreaResize(3, 3).apply(image(manager));

    assertEquals(image(manager).mean().getFloat(), odd.mean().getFloat(), 1e-5f);
    assertEquals(new Shape(1, 1, 7, 5), new AreaResize(7, 5).apply(odd).getShape());
  }
}
