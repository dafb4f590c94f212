package org.gantry.plugin.imagedetail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

/** The residual of arXiv:1506.05751, section 2.2, computed by hand. */
@TensorTest
final class ImageDetailTest implements ComponentContract {

  @Override
  public Object createComponent() {
    return new ImageDetail(new ImageDetail.Options(3, 16));
  }

  private static NDArray image(NDManager manager) {
    return manager.create(
        new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17}, new Shape(1, 1, 4, 4));
  }

  @Test
  void theDetailIsWhatAnEnlargedImageOfHalfTheSizeLacks(NDManager manager) {
    NDArray detail = FineDetail.of(image(manager));

    assertArrayEquals(
        new float[] {
          -2.5f, -1.5f, -2.5f, -1.5f, 1.5f, 2.5f, 1.5f, 2.5f, -2.5f, -1.5f, -2.75f, -1.75f, 1.5f,
          2.5f, 1.25f, 3.25f
        },
        detail.toFloatArray(),
        1e-6f);
    assertEquals(2.146946, Math.sqrt(FineDetail.meanSquares(detail).getFloat(0)), 1e-5);
  }

  @Test
  void repeatedPixelsHaveNoDetail(NDManager manager) {
    NDArray flat = image(manager).repeat(2, 2).repeat(3, 2);

    assertEquals(0, FineDetail.of(flat).abs().max().getFloat());
  }

  @Test
  void aLastOddRowIsLeftOut(NDManager manager) {
    NDArray odd = manager.ones(new Shape(2, 3, 5, 7));

    assertEquals(new Shape(2, 3, 4, 6), FineDetail.of(odd).getShape());
  }
}
