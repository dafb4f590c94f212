package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * The transpose of a {@link Convolution}, which enlarges images by its stride, from (batch,
 * channels, height, width) to (batch, filters, height', width') with {@code height' = (height - 1)
 * stride - 2 padding + kernel + output padding}.
 *
 * <p>Parameters: {@code weight} of shape (channels, filters, kernel, kernel), and {@code bias} of
 * shape (filters) if biased. Each input pixel adds its filter, not flipped, to the output.
 */
public final class TransposedConvolution extends KernelBlock {

  private final int filters;
  private final FilterWindow window;
  private final int outputPadding;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * Creates the layer.
   *
   * @param filters the number of output channels
   * @param outputPadding rows and columns added at one side, less than the stride; it selects one
   *     of the sizes that a strided convolution maps to the same size
   * @param biased whether each filter has a bias; useless before a normalisation
   */
  public TransposedConvolution(
      int filters, FilterWindow window, int outputPadding, boolean biased) {
    super(
        "transposed-convolution",
        Map.of(
            "stride",
            window.stride(),
            "padding",
            window.padding(),
            "outputPadding",
            outputPadding));
    if (outputPadding < 0 || outputPadding >= window.stride()) {
      throw new IllegalArgumentException(
          "expected an output padding of at least 0 and less than the stride "
              + window.stride()
              + ", not "
              + outputPadding);
    }
    this.filters = filters;
    this.window = window;
    this.outputPadding = outputPadding;
    weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
    bias =
        biased
            ? addParameter(Parameter.builder().setName("bias").setType(Parameter.Type.BIAS).build())
            : null;
  }

  @Override
  protected void prepare(Shape[] inputs) {
    long channels = ImageShapes.requireImages(inputs, "a transposed convolution").get(1);
    weight.setShape(new Shape(channels, filters, window.kernel(), window.kernel()));
    if (bias != null) {
      bias.setShape(new Shape(filters));
    }
  }

  @Override
  List<?> operands() {
    return List.of(bias == null ? List.of(weight) : List.of(weight, bias));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = ImageShapes.requireImages(inputs, "a transposed convolution");
    return ImageShapes.resized(
        input,
        filters,
        window.transposed(input.get(2), outputPadding),
        window.transposed(input.get(3), outputPadding),
        "a transposed convolution with a padding of " + window.padding());
  }
}
