package org.gantry.constraint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.FloatArrays;

/** How much each pixel of a generator's pictures counts, from 0 to 1. */
public final class PixelMask {

  /** Keeps the mean finite, as in the authors' code. */
  private static final float LEAST_MEAN = 1e-5f;

  /** The points per side at which a pixel is compared with a shape. */
  private static final int POINTS = 4;

  private final int height;
  private final int width;
  private final float[] weights;

  /**
   * Creates a mask.
   *
   * @param weights in the order (row, column); not copied
   * @throws UnusableComponentException if no weight is above 0
   */
  public PixelMask(int height, int width, float[] weights) {
    if (weights.length != height * width) {
      throw new IllegalArgumentException(
          "%d weights of %d x %d pixels".formatted(weights.length, width, height));
    }
    if (!anyAboveZero(weights)) {
      throw new UnusableComponentException("the mask covers no pixel");
    }
    this.height = height;
    this.width = width;
    this.weights = weights;
  }

  /**
   * Draws shapes over each other.
   *
   * @param shapes in the pixels of the picture that the user sees
   * @throws UnusableComponentException if the list is empty, or a shape does not cover any pixel
   */
  public static PixelMask of(List<MaskShape> shapes, ConstraintSite site) {
    if (shapes.isEmpty()) {
      throw new UnusableComponentException(
          "the mask is empty; it needs a rectangle, circle, stroke or picture");
    }
    float[] weights = new float[site.height() * site.width()];
    for (MaskShape shape : shapes) {
      float[] drawn =
          shape.isPicture() ? site.reader().read(shape.picture(), 1) : draw(shape, site);
      if (!anyAboveZero(drawn)) {
        throw new UnusableComponentException(emptiness(shape, site.frame()));
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(weights[i], drawn[i]);
      }
    }
    return new PixelMask(site.height(), site.width(), weights);
  }

  private static boolean anyAboveZero(float[] weights) {
    for (float weight : weights) {
      if (weight > 0) {
        return true;
      }
    }
    return false;
  }

  private static String emptiness(MaskShape shape, PictureFrame frame) {
    if (shape.isPicture()) {
      return shape + " is black, so the mask covers no pixel";
    }
    boolean cropped = frame.partWidth() != frame.width() || frame.partHeight() != frame.height();
    return "%s covers no pixel of the picture, which has %d x %d pixels%s"
        .formatted(
            shape,
            frame.width(),
            frame.height(),
            cropped
                ? ", of which the networks see %d x %d from (%d, %d)"
                    .formatted(frame.partWidth(), frame.partHeight(), frame.left(), frame.top())
                : "");
  }

  /** The share of the points of each pixel that lie in a shape. */
  private static float[] draw(MaskShape shape, ConstraintSite site) {
    PictureFrame frame = site.frame();
    double across = frame.partWidth() / (double) site.width();
    double down = frame.partHeight() / (double) site.height();
    float[] drawn = new float[site.height() * site.width()];
    for (int row = 0; row < site.height(); row++) {
      for (int column = 0; column < site.width(); column++) {
        int inside = 0;
        for (int point = 0; point < POINTS * POINTS; point++) {
          double x = column + (point % POINTS + 0.5) / POINTS;
          double y = row + (Math.floorDiv(point, POINTS) + 0.5) / POINTS;
          inside += shape.contains(frame.left() + x * across, frame.top() + y * down) ? 1 : 0;
        }
        drawn[row * site.width() + column] = inside / (float) (POINTS * POINTS);
      }
    }
    return drawn;
  }

  /** Returns the weights in the order (row, column); not copied. */
  public float[] weights() {
    return weights;
  }

  /** Returns the height in pixels. */
  public int height() {
    return height;
  }

  /** Returns the width in pixels. */
  public int width() {
    return width;
  }

  /**
   * Returns the weighted mean of each picture, by arXiv:1609.03552, section 4: mean(mask * values)
   * / (mean(mask) + 1e-5).
   *
   * @param values shape (n, channels, height, width)
   * @return shape (n)
   */
  public NDArray meanOf(NDArray values) {
    Shape shape = values.getShape();
    long count = shape.get(0);
    long length = shape.size() / count;
    NDArray masked = values.mul(array(values.getManager()));
    return masked
        .reshape(count, length)
        .sum(new int[] {1})
        .div((float) (length * (meanWeight() + LEAST_MEAN)));
  }

  private double meanWeight() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum / weights.length;
  }

  private NDArray array(NDManager manager) {
    return FloatArrays.fill(manager, new Shape(1, 1, height, width), into -> into.put(weights));
  }
}
