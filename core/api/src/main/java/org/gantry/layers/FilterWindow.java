package org.gantry.layers;

/**
 * How a square filter moves over an image, in pixels. Both directions are alike.
 *
 * @param kernel the filter's side, at least 1
 * @param stride the distance between its positions, at least 1
 * @param padding the width of the border of zeros around the image, at least 0
 */
public record FilterWindow(int kernel, int stride, int padding) {

  /** Checks the ranges. */
  public FilterWindow {
    if (kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "expected a kernel and a stride of at least 1 and a padding of at least 0, not kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + padding);
    }
  }

  /** A window that keeps the size of the image, for a filter with an odd side. */
  public static FilterWindow same(int kernel) {
    return new FilterWindow(kernel, 1, kernel / 2);
  }

  /** The side of a convolution's output; less than 1 if the filter is too large. */
  long convolved(long side) {
    return Math.floorDiv(side + 2L * padding - kernel, stride) + 1;
  }

  /** The side of a transposed convolution's output. */
  long transposed(long side, int outputPadding) {
    return (side - 1) * stride - 2L * padding + kernel + outputPadding;
  }
}
