package org.gantry.layers;

/**
 * How a square filter moves over an image, in pixels, the same in both directions.
 *
 * @param kernel the filter's side, at least 1
 * @param stride how far it moves at a time, at least 1
 * @param padding how many zeros surround the image, at least 0
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

  /** A filter of odd side that keeps the size of the image. */
  public static FilterWindow same(int kernel) {
    return new FilterWindow(kernel, 1, kernel / 2);
  }

  /** The side of what a convolution makes of a side; less than 1 where the filter is too large. */
  long convolved(long side) {
    return Math.floorDiv(side + 2L * padding - kernel, stride) + 1;
  }

  /** The side of what a transposed convolution makes of a side. */
  long transposed(long side, int outputPadding) {
    return (side - 1) * stride - 2L * padding + kernel + outputPadding;
  }
}
