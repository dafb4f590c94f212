package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Enlarges images by an integer factor, from (batch, channels, height, width) to (batch, channels,
 * factor height, factor width). Each pixel becomes a square.
 */
public final class Upsample extends KernelBlock {

  private final int factor;

  /**
   * Creates the layer.
   *
   * @param factor at least 1
   */
  public Upsample(int factor) {
    super("upsample", Map.of("factor", factor));
    this.factor = factor;
  }

  @Override
  List<?> operands() {
    return List.of();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = ImageShapes.requireImages(inputs, "upsampling");
    return ImageShapes.resized(
        input, input.get(1), factor * input.get(2), factor * input.get(3), "upsampling");
  }
}
