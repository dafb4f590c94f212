package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.gantry.component.UnusableComponentException;

/** The shapes of batches of images or feature maps: (batch, channels, height, width). */
final class ImageShapes {

  private ImageShapes() {}

  /** Returns the shape of the single input, and checks that it is a batch of images. */
  static Shape requireImages(Shape[] inputs, String layer) {
    if (inputs.length != 1 || inputs[0].dimension() != 4) {
      throw new UnusableComponentException(
          layer
              + " needs one input of shape (batch, channels, height, width), not "
              + Arrays.toString(inputs));
    }
    return inputs[0];
  }

  /** The batch with another number of channels and another size, which must be positive. */
  static Shape[] resized(Shape input, long channels, long height, long width, String layer) {
    if (height < 1 || width < 1) {
      throw new UnusableComponentException(layer + " leaves nothing of an input of shape " + input);
    }
    return new Shape[] {new Shape(input.get(0), channels, height, width)};
  }
}
