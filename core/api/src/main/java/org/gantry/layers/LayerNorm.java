package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Layer normalisation (arXiv:1607.06450): each sample of (batch, channels, ...) is normalised to
 * mean 0 and variance 1 over its channels and positions together, then scaled and shifted per
 * channel. The output of a sample does not depend on other samples, as a gradient penalty requires.
 *
 * <p>Parameters, each of shape (channels): {@code gamma}, {@code beta}.
 */
public final class LayerNorm extends KernelBlock {

  private final AffineParameters affine = AffineParameters.perChannel();

  /** Creates a layer with the default epsilon. */
  public LayerNorm() {
    this(BatchNorm.EPSILON);
  }

  /**
   * Creates the layer.
   *
   * @param epsilon is added to variances, greater than 0
   */
  public LayerNorm(double epsilon) {
    super("layer-norm", Map.of("epsilon", epsilon));
    addParameter(affine.gain());
    addParameter(affine.shift());
  }

  @Override
  protected void prepare(Shape[] inputs) {
    affine.prepare(inputs);
  }

  @Override
  List<?> operands() {
    return List.of(affine.gain(), affine.shift());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {AffineParameters.requireChannels(inputs)};
  }
}
