package org.gantry.plugin.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Signal;

/**
 * Differentiable transforms of images. Images have shape (batch, channels, height, width). A draw
 * holds one number in [0, 1) per image, shape (batch). Results belong to the manager of the images.
 */
final class ImageTransforms {

  private ImageTransforms() {}

  /**
   * The shape of one draw for a batch of images.
   *
   * @throws UnusableComponentException if the signal is not a batch of images
   */
  static Shape drawShape(Signal images) {
    if (images.shape().dimension() != 4) {
      throw new UnusableComponentException(
          "it needs images of shape (channels, height, width), but %s has shape %s"
              .formatted(images.name(), images.shape().slice(1)));
    }
    return new Shape(images.shape().get(0));
  }

  /** Adds a value in [-0.5, 0.5) to each image. */
  static NDArray brightness(NDArray images, NDArray draw) {
    return images.add(perImage(draw).sub(0.5));
  }

  /** Scales the distance of each pixel from its mean over the channels by a factor in [0, 2). */
  static NDArray saturation(NDArray images, NDArray draw) {
    NDArray grey = images.mean(new int[] {1}, true);
    return images.sub(grey).mul(perImage(draw).mul(2)).add(grey);
  }

  /** Scales the distance of each value from the mean of its image by a factor in [0.5, 1.5). */
  static NDArray contrast(NDArray images, NDArray draw) {
    NDArray mean = perImage(images.reshape(images.getShape().get(0), -1).mean(new int[] {1}));
    return images.sub(mean).mul(perImage(draw).add(0.5)).add(mean);
  }

  /**
   * Shifts each image by whole pixels and fills the border with 0.
   *
   * @param down draws for the shift along the height
   * @param right draws for the shift along the width
   * @param share the largest shift to either side, as a share of the side
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

  /** One matrix per draw that shifts a column of pixels, shape (batch, 1, side, side). */
  private static NDArray shiftMatrices(NDArray draw, long side, double share, DataType type) {
    long limit = Math.round(side * share);
    NDArray distances = perImage(draw).mul(2 * limit + 1).floor().sub(limit);
    NDArray positions = pixelPositions(draw, side);
    NDArray offsets = positions.reshape(1, 1, side, 1).sub(positions.reshape(1, 1, 1, side));
    return offsets.eq(distances).toType(type, false);
  }

  /**
   * Sets a rectangle of each image to 0. The rectangle may extend beyond the image.
   *
   * @param down draws for its place along the height
   * @param right draws for its place along the width
   * @param share the sides of the rectangle, as a share of the sides of the image
   */
  static NDArray cutout(NDArray images, NDArray down, NDArray right, double share) {
    NDArray rows =
        inSpan(down, images.getShape().get(2), share).reshape(-1, 1, images.getShape().get(2), 1);
    NDArray columns =
        inSpan(right, images.getShape().get(3), share).reshape(-1, 1, 1, images.getShape().get(3));
    NDArray hole = rows.logicalAnd(columns).toType(images.getDataType(), false);
    return images.mul(hole.neg().add(1));
  }

  /** Marks, for each draw, the pixels of a side that lie in a span around the drawn place. */
  private static NDArray inSpan(NDArray draw, long side, double share) {
    long size = Math.round(side * share);
    // As in the authors' code: a span of even length has one more place.
    NDArray first = draw.reshape(-1, 1).mul(side + (1 - size % 2)).floor().sub(size / 2);
    NDArray positions = pixelPositions(draw, side).reshape(1, side);
    return positions.gte(first).logicalAnd(positions.lt(first.add(size)));
  }

  /** Mirrors an image left to right where its draw is below 0.5. */
  static NDArray flip(NDArray images, NDArray draw) {
    NDArray mirrored = perImage(draw).lt(0.5).toType(images.getDataType(), false);
    return images.flip(3).sub(images).mul(mirrored).add(images);
  }

  private static NDArray pixelPositions(NDArray draw, long side) {
    return draw.getManager().arange(0f, (float) side, 1f).toType(draw.getDataType(), false);
  }

  /** Reshapes one number per image so that it broadcasts over the images. */
  private static NDArray perImage(NDArray numbers) {
    return numbers.reshape(-1, 1, 1, 1);
  }
}
