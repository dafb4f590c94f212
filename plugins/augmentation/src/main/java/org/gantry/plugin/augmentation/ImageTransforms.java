package org.gantry.plugin.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Signal;

/**
 * Changes of images that gradients pass through. Images are of shape (batch, channels, height,
 * width); a draw has a number in [0, 1) for each image, shape (batch). Results belong to the
 * manager of the images.
 */
final class ImageTransforms {

  private ImageTransforms() {}

  /**
   * The shape of one draw for a batch of images.
   *
   * @throws UnusableComponentException if the signal is no batch of images
   */
  static Shape drawShape(Signal images) {
    if (images.shape().dimension() != 4) {
      throw new UnusableComponentException(
          "it changes images of shape (channels, height, width), and %s is of shape %s"
              .formatted(images.name(), images.shape().slice(1)));
    }
    return new Shape(images.shape().get(0));
  }

  /** Adds between -0.5 and 0.5. */
  static NDArray brightness(NDArray images, NDArray draw) {
    return images.add(perImage(draw).sub(0.5));
  }

  /** Stretches each pixel's distance from its mean over the channels by between 0 and 2. */
  static NDArray saturation(NDArray images, NDArray draw) {
    NDArray grey = images.mean(new int[] {1}, true);
    return images.sub(grey).mul(perImage(draw).mul(2)).add(grey);
  }

  /** Stretches each number's distance from the image's mean by between 0.5 and 1.5. */
  static NDArray contrast(NDArray images, NDArray draw) {
    NDArray mean = perImage(images.reshape(images.getShape().get(0), -1).mean(new int[] {1}));
    return images.sub(mean).mul(perImage(draw).add(0.5)).add(mean);
  }

  /**
   * Shifts by whole pixels; what comes in from outside is 0.
   *
   * @param down draws for the shift along the height
   * @param right draws for the shift along the width
   * @param share by which share of the side at most, to either side
   */
  static NDArray translation(NDArray images, NDArray down, NDArray right, double share) {
    long height = images.getShape().get(2);
    long width = images.getShape().get(3);
    NDArray rows = shiftMatrices(down, height, share, images.getDataType());
    NDArray columns = shiftMatrices(right, width, share, images.getDataType());
    NDArray moved = rows.matMul(images).matMul(columns.swapAxes(2, 3));
    moved.attach(images.getManager());
    return moved;
  }

  /** For each draw a matrix that shifts a column of pixels, shape (batch, 1, side, side). */
  private static NDArray shiftMatrices(NDArray draw, long side, double share, DataType type) {
    long most = Math.round(side * share);
    NDArray distances = perImage(draw).mul(2 * most + 1).floor().sub(most);
    NDArray places = pixelPositions(draw, side);
    NDArray between = places.reshape(1, 1, side, 1).sub(places.reshape(1, 1, 1, side));
    return between.eq(distances).toType(type, false);
  }

  /**
   * Sets a rectangle to 0.
   *
   * @param down draws for its place along the height
   * @param right draws for its place along the width
   * @param share its sides, as a share of the image's; it may reach beyond them
   */
  static NDArray cutout(NDArray images, NDArray down, NDArray right, double share) {
    NDArray rows =
        holeMask(down, images.getShape().get(2), share).reshape(-1, 1, images.getShape().get(2), 1);
    NDArray columns =
        holeMask(right, images.getShape().get(3), share)
            .reshape(-1, 1, 1, images.getShape().get(3));
    NDArray hole = rows.logicalAnd(columns).toType(images.getDataType(), false);
    return images.mul(hole.neg().add(1));
  }

  /** For each draw which pixels of a side lie in a span around the place drawn. */
  private static NDArray holeMask(NDArray draw, long side, double share) {
    long size = Math.round(side * share);
    // As the authors have it: a side of even length counts one more place.
    NDArray first = draw.reshape(-1, 1).mul(side + (1 - size % 2)).floor().sub(size / 2);
    NDArray places = pixelPositions(draw, side).reshape(1, side);
    return places.gte(first).logicalAnd(places.lt(first.add(size)));
  }

  /** Mirrors left and right where the draw is below a half. */
  static NDArray flip(NDArray images, NDArray draw) {
    NDArray mirrored = perImage(draw).lt(0.5).toType(images.getDataType(), false);
    return images.flip(3).sub(images).mul(mirrored).add(images);
  }

  private static NDArray pixelPositions(NDArray draw, long side) {
    return draw.getManager().arange(0f, (float) side, 1f).toType(draw.getDataType(), false);
  }

  /** One number an image, shaped to be combined with images. */
  private static NDArray perImage(NDArray numbers) {
    return numbers.reshape(-1, 1, 1, 1);
  }
}
