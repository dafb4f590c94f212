package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Layer normalisation (arXiv:1607.06450): each sample of (batch, channels, ...) is brought to mean
 * 0 and variance 1 over its channels and positions together, then scaled and shifted per channel.
 * Samples do not see each other, so it suits a discriminator under a gradient penalty.
 *
 * <p>Parameters, each of shape (channels): {@code gamma}, {@code beta}.
 */
public final class LayerNorm extends KernelBlock {

  private final AffineParameters affine = AffineParameters.perChannel();

  /** Layer normalisation with the usual epsilon. */
  public LayerNorm() {
    this(BatchNorm.EPSILON);
  }

  /**
   * Creates the layer.
   *
   * @param epsilon what is added to variances, greater than 0
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
