package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Instance normalisation (arXiv:1607.08022): each channel of each sample of (batch, channels,
 * height, width) is brought to mean 0 and variance 1 over its positions, then scaled and shifted by
 * learned factors. Samples do not see each other, in training as in evaluation.
 *
 * <p>Parameters, each of shape (channels): {@code gamma}, {@code beta}.
 */
public final class InstanceNorm extends KernelBlock {

  private final AffineParameters affine = AffineParameters.perChannel();

  /** Instance normalisation with the usual epsilon. */
  public InstanceNorm() {
    this(BatchNorm.EPSILON);
  }

  /**
   * Creates the layer.
   *
   * @param epsilon what is added to variances, greater than 0
   */
  public InstanceNorm(double epsilon) {
    super("instance-norm", Map.of("epsilon", epsilon));
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
    return new Shape[] {ImageShapes.requireImages(inputs, "instance normalisation")};
  }
}
