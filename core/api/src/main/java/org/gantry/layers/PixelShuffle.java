package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;

/**
 * Enlarges images by an integer factor, from (batch, factor² channels, height, width) to (batch,
 * channels, factor height, factor width): the values of factor² channels become a square of pixels
 * (arXiv:1609.05158, section 2.2).
 */
public final class PixelShuffle extends KernelBlock {

  private final int factor;

  /**
   * Creates the layer.
   *
   * @param factor at least 1
   */
  public PixelShuffle(int factor) {
    super("pixel-shuffle", Map.of("factor", factor));
    this.factor = factor;
  }

  @Override
  List<?> operands() {
    return List.of();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = ImageShapes.requireImages(inputs, "shuffling of pixels");
    long square = (long) factor * factor;
    if (input.get(1) % square != 0) {
      throw new UnusableComponentException(
          "shuffling of pixels by %d needs channels that are a multiple of %d, not %s"
              .formatted(factor, square, input));
    }
    return ImageShapes.resized(
        input,
        input.get(1) / square,
        factor * input.get(2),
        factor * input.get(3),
        "shuffling of pixels");
  }
}
