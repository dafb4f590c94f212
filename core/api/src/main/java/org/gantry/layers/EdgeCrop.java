package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;

/**
 * Removes rows at the bottom and columns at the right of images, from (batch, channels, height,
 * width) to (batch, channels, rows, columns).
 */
public final class EdgeCrop extends KernelBlock {

  private final int rows;
  private final int columns;

  /**
   * Creates the layer.
   *
   * @param rows the height of the result, at least 1
   * @param columns the width of the result, at least 1
   */
  public EdgeCrop(int rows, int columns) {
    super("edge-crop", Map.of("rows", rows, "columns", columns));
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  List<?> operands() {
    return List.of();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = ImageShapes.requireImages(inputs, "cropping");
    if (input.get(2) < rows || input.get(3) < columns) {
      throw new UnusableComponentException(
          "cropping to %d x %d needs a larger image than one of shape %s"
              .formatted(rows, columns, input));
    }
    return ImageShapes.resized(input, input.get(1), rows, columns, "cropping");
  }
}
