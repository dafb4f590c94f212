package org.gantry.export;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.FloatPrecision;

/**
 * How a network is computed in training. Weights are of float32 in any form, and so are inputs and
 * outputs.
 *
 * @param half whether linear layers and convolutions compute in bf16
 * @param channelsLast whether images are stored with the channels of a pixel next to each other
 */
public record ScriptForm(boolean half, boolean channelsLast) {

  private static final int IMAGES = 4;

  /** Images with fewer channels are faster with the rows of a channel next to each other. */
  private static final int LEAST_CHANNELS = 3;

  /**
   * The form that is fastest for a network. The choice depends on nothing but the arguments, so a
   * resumed training makes it again.
   *
   * @param network initialised
   */
  public static ScriptForm fastest(Block network, ComputeDevice device, FloatPrecision precision) {
    boolean half = precision == FloatPrecision.BF16;
    List<Shape> filters =
        network.getParameters().values().stream()
            .map(parameter -> parameter.getArray().getShape())
            .filter(shape -> shape.dimension() == IMAGES)
            .toList();
    boolean manyChannels =
        filters.stream().allMatch(shape -> Math.min(shape.get(0), shape.get(1)) >= LEAST_CHANNELS);
    boolean last = half || manyChannels;
    return new ScriptForm(
        half, device.isProcessor() && !filters.isEmpty() && last && !normalizesSamples(network));
  }

  /** Whether a layer normalises each sample, which the engine does in the usual layout alone. */
  private static boolean normalizesSamples(Block network) {
    List<Parameter.Type> types =
        network.getParameters().values().stream().map(Parameter::getType).toList();
    return types.contains(Parameter.Type.GAMMA) && !types.contains(Parameter.Type.RUNNING_MEAN);
  }

  /** This form with float32. */
  public ScriptForm inFloat32() {
    return new ScriptForm(false, channelsLast);
  }

  /** What differs from the usual form, such as {@code bf16, channels last}; empty if nothing. */
  public String label() {
    return Stream.of(half ? "bf16" : "", channelsLast ? "channels last" : "")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

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
