package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.gantry.component.UnusableComponentException;

/** The shapes of batches of images or feature maps: (batch, channels, height, width). */
final class ImageShapes {

  private ImageShapes() {}

  /** The single shape, checked to be one of images. */
  static Shape requireImages(Shape[] inputs, String layer) {
    if (inputs.length != 1 || inputs[0].dimension() != 4) {
      throw new UnusableComponentException(
          layer
              + " needs one input of shape (batch, channels, height, width), not "
              + Arrays.toString(inputs));
    }
    return inputs[0];
  }

  /** The same batch with other channels, height and width, checked to be positive. */
  static Shape[] resized(Shape input, long channels, long height, long width, String layer) {
    if (height < 1 || width < 1) {
      throw new UnusableComponentException(layer + " leaves nothing of an input of shape " + input);
    }
    return new Shape[] {new Shape(input.get(0), channels, height, width)};
  }
}
