package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Convolution (cross-correlation) of images with square filters, from (batch, channels, height,
 * width) to (batch, filters, height', width') with {@code height' = floor((height + 2 padding -
 * kernel) / stride) + 1}.
 *
 * <p>Parameters: {@code weight} of shape (filters, channels, kernel, kernel), and {@code bias} of
 * shape (filters) if biased.
 */
public final class Convolution extends KernelBlock {

  private final int filters;
  private final FilterWindow window;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * Creates the layer.
   *
   * @param filters the number of output channels
   * @param biased whether each filter has a bias; useless before a normalisation
   */
  public Convolution(int filters, FilterWindow window, boolean biased) {
    super("convolution", Map.of("stride", window.stride(), "padding", window.padding()));
    this.filters = filters;
    this.window = window;
    weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
    bias =
        biased
            ? addParameter(Parameter.builder().setName("bias").setType(Parameter.Type.BIAS).build())
            : null;
  }

  @Override
  protected void prepare(Shape[] inputs) {
    long channels = ImageShapes.requireImages(inputs, "a convolution").get(1);
    weight.setShape(new Shape(filters, channels, window.kernel(), window.kernel()));
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
    Shape input = ImageShapes.requireImages(inputs, "a convolution");
    return ImageShapes.resized(
        input,
        filters,
        window.convolved(input.get(2)),
        window.convolved(input.get(3)),
        "a convolution with a kernel of " + window.kernel());
  }
}
