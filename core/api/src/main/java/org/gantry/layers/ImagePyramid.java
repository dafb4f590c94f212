package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;

/**
 * The sizes between a small map and an image. From level to level the height and the width double,
 * or become one less than the double. So an image may have any size: 28 is 7 doubled twice, and the
 * levels of 100 are 7, 13, 25, 50 and 100.
 *
 * @param channels the channels of the image
 * @param height the height of the image, in pixels
 * @param width the width of the image, in pixels
 * @param doublings the number of doublings, at least 1
 */
public record ImagePyramid(int channels, int height, int width, int doublings) {

  /** The shorter side of the smallest image. */
  public static final int LEAST_SIDE = 4;

  private static final int LEAST_START = 3;
  private static final int MOST_START = 8;

  /**
   * The pyramid of an image of any size. The shorter side of the small map is 3 to 8 pixels; that
   * of an image of 4 pixels is 2.
   *
   * @param image (channels, height, width), an input or output shape of the site
   * @throws UnusableComponentException if the shape is not that of an image, or a side is shorter
   *     than {@link #LEAST_SIDE}
   */
  public static ImagePyramid of(NetworkSite site, Shape image) {
    site.requireImage(image);
    long height = image.get(1);
    long width = image.get(2);
    if (Math.min(height, width) < LEAST_SIDE) {
      throw new UnusableComponentException(
          "the %s needs images of at least %d x %d pixels, not of %d x %d"
              .formatted(site.role(), LEAST_SIDE, LEAST_SIDE, height, width));
    }
    return of(image);
  }

  /**
   * The pyramid of a square image whose side is a small side doubled without a rest.
   *
   * @param image (channels, height, width), an input or output shape of the site
   * @throws UnusableComponentException if the shape is not that of an image, or its side is not 3
   *     to 8 times 2, 4, 8 and so on
   */
  public static ImagePyramid ofSquare(NetworkSite site, Shape image) {
    site.requireImage(image);
    long side = image.get(1);
    boolean square = side == image.get(2) && side >= 2 * LEAST_START;
    if (!square || of(image).startHeight() << of(image).doublings() != side) {
      throw new UnusableComponentException(
          "the %s needs square images whose side is 3 to 8 times 2, 4, 8, 16 and so on, such as 16, 28, 32 or 64, not images of %d x %d pixels"
              .formatted(site.role(), side, image.get(2)));
    }
    return of(image);
  }

  private static ImagePyramid of(Shape image) {
    long height = image.get(1);
    long width = image.get(2);
    int doublings = 0;
    while (doublings == 0 || continues(height, width)) {
      height = (height + 1) / 2;
      width = (width + 1) / 2;
      doublings++;
    }
    return new ImagePyramid(
        Math.toIntExact(image.get(0)),
        Math.toIntExact(image.get(1)),
        Math.toIntExact(image.get(2)),
        doublings);
  }

  private static boolean continues(long height, long width) {
    long side = Math.min(height, width);
    boolean even = height % 2 == 0 && width % 2 == 0;
    return side > MOST_START || (even && side / 2 >= LEAST_START);
  }

  /**
   * Returns the height of a level, from 0 for the small map to {@link #doublings} for the image.
   */
  public int height(int level) {
    return halved(height, doublings - level);
  }

  /** Returns the width of a level, from 0 for the small map to {@link #doublings} for the image. */
  public int width(int level) {
    return halved(width, doublings - level);
  }

  /** Returns a side halved several times, each time rounded up. */
  private static int halved(int side, int times) {
    return (int) ((side + (1L << times) - 1) >> times);
  }

  /** Returns the height of the small map. */
  public int startHeight() {
    return height(0);
  }

  /** Returns the width of the small map. */
  public int startWidth() {
    return width(0);
  }

  /** Returns the shape of the small map with some channels, without the batch dimension. */
  public Shape startMap(int mapChannels) {
    return new Shape(mapChannels, startHeight(), startWidth());
  }

  /**
   * Adds the layer that brings a doubled map to the size of its level, if it is larger.
   *
   * @param network receives the layer
   * @param level the level of the doubled map, from 1
   */
  public void addCrop(SequentialBlock network, int level) {
    if (height(level) != 2 * height(level - 1) || width(level) != 2 * width(level - 1)) {
      network.add(new EdgeCrop(height(level), width(level)));
    }
  }
}
