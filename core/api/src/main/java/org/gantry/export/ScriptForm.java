package org.gantry.export;

import ai.djl.nn.Parameter;

/**
 * How a network is computed in training. Weights are of float32 in any form, and so are inputs and
 * outputs.
 *
 * @param half whether linear layers and convolutions compute in bf16
 * @param channelsLast whether images are stored with the channels of a pixel next to each other
 */
public record ScriptForm(boolean half, boolean channelsLast) {

  private static final int IMAGES = 4;

  /** The expression of an input in this form. */
  String input(String x) {
    String typed = half ? "torch.to(" + x + ", 15)" : x;
    return channelsLast ? "self.layout(" + typed + ")" : typed;
  }

  /** The expression of a parameter in this form. Statistics and gains stay in float32. */
  String parameter(String weight, Parameter parameter) {
    boolean multiplies =
        parameter.getType() == Parameter.Type.WEIGHT || parameter.getType() == Parameter.Type.BIAS;
    String typed = half && multiplies ? "torch.to(" + weight + ", 15)" : weight;
    return channelsLast && parameter.getArray().getShape().dimension() == IMAGES
        ? "torch.contiguous(" + typed + ", memory_format=2)"
        : typed;
  }

  /** The expression of an output, which other functions read as float32 in the usual layout. */
  String output(String y) {
    String typed = half ? "torch.to(" + y + ", 6)" : y;
    return channelsLast ? "torch.contiguous(" + typed + ")" : typed;
  }

  /** Methods that the expressions call. */
  String methods() {
    return channelsLast
        ? """

          def layout(self, x: Tensor) -> Tensor:
            if torch.dim(x) == 4:
              return torch.contiguous(x, memory_format=2)
            return x
          """
        : "";
  }
}
