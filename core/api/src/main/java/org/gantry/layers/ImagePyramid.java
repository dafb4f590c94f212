package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;

/**
 * The sizes between a small square map and an image, whose side is that of the map doubled several
 * times. 28 is 7 doubled twice, and 64 is 4 doubled four times.
 *
 * @param channels the channels of the image
 * @param start the side of the small map, in pixels, from 3 to 8
 * @param doublings the number of doublings, at least 1
 */
public record ImagePyramid(int channels, int start, int doublings) {

  /**
   * The pyramid of an image, with the smallest start.
   *
   * @param image (channels, height, width), an input or output shape of the site
   * @throws UnusableComponentException if the shape is not that of an image, or its side is not 3
   *     to 8 times a power of two
   */
  public static ImagePyramid of(NetworkSite site, Shape image) {
    site.requireImage(image);
    long side = image.get(1);
    int doublings = 0;
    while (side % 2 == 0 && side / 2 >= 3) {
      side /= 2;
      doublings++;
    }
    if (image.get(2) != image.get(1) || side < 3 || side > 8 || doublings == 0) {
      throw new UnusableComponentException(
          "the "
              + site.role()
              + " doubles and halves square images whose side is 3 to 8 times a power of two, such"
              + " as 16, 28, 32 or 64, not images of "
              + image.get(1)
              + " x "
              + image.get(2)
              + " pixels");
    }
    return new ImagePyramid(Math.toIntExact(image.get(0)), (int) side, doublings);
  }
}
