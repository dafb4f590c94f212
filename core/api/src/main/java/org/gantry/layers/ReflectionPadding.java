package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;

/**
 * Pads images with their mirror image, without repeating the edge, from (batch, channels, height,
 * width) to (batch, channels, height + 2 margin, width + 2 margin).
 */
public final class ReflectionPadding extends KernelBlock {

  private final int margin;

  /**
   * Creates the layer.
   *
   * @param margin the width of the padding on each side, in pixels; less than the height and width
   *     of the images
   */
  public ReflectionPadding(int margin) {
    super("reflection-padding", Map.of("margin", margin));
    this.margin = margin;
  }

  @Override
  List<?> operands() {
    return List.of();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = ImageShapes.requireImages(inputs, "reflection padding");
    if (margin >= Math.min(input.get(2), input.get(3))) {
      throw new UnusableComponentException(
          "reflection padding of " + margin + " needs a larger image than one of shape " + input);
    }
    return ImageShapes.resized(
        input,
        input.get(1),
        input.get(2) + 2L * margin,
        input.get(3) + 2L * margin,
        "reflection padding");
  }
}
