package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Shrinks images by an integer factor, from (batch, channels, height, width) to (batch, channels,
 * height / factor, width / factor). Each pixel is the mean of a square. Rows and columns that do
 * not fill a square are dropped.
 */
public final class Downsample extends KernelBlock {

  private final int factor;

  /**
   * Creates the layer.
   *
   * @param factor at least 1
   */
  public Downsample(int factor) {
    super("downsample", Map.of("factor", factor));
    this.factor = factor;
  }

  @Override
  List<?> operands() {
    return List.of();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = ImageShapes.requireImages(inputs, "downsampling");
    return ImageShapes.resized(
        input,
        input.get(1),
        input.get(2) / factor,
        input.get(3) / factor,
        "downsampling by " + factor);
  }
}
