package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import org.gantry.component.UnusableComponentException;

/** The learned gain and shift of a normalisation, one of each per channel. */
record AffineParameters(Parameter gain, Parameter shift) {

  /** A gain that starts at 1 and a shift that starts at 0, unless initializers are set. */
  static AffineParameters perChannel() {
    return new AffineParameters(
        Parameter.builder().setName("gamma").setType(Parameter.Type.GAMMA).build(),
        Parameter.builder().setName("beta").setType(Parameter.Type.BETA).build());
  }

  /** Sets the shapes from an input of shape (batch, channels, ...). */
  void prepare(Shape[] inputs) {
    Shape channels = channels(inputs);
    gain.setShape(channels);
    shift.setShape(channels);
  }

  /** The shape (channels) of an input of shape (batch, channels, ...). */
  static Shape channels(Shape[] inputs) {
    return new Shape(requireChannels(inputs).get(1));
  }

  /** Returns the shape of the single input, and checks that it has channels. */
  static Shape requireChannels(Shape[] inputs) {
    if (inputs.length != 1 || inputs[0].dimension() < 2) {
      throw new UnusableComponentException(
          "a normalisation needs one input of shape (batch, channels, ...), not "
              + Arrays.toString(inputs));
    }
    return inputs[0];
  }
}
