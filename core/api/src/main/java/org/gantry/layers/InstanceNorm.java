package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * Instance normalisation (arXiv:1607.08022): each channel of each sample of (batch, channels,
 * height, width) is normalised to mean 0 and variance 1 over its positions, then scaled and shifted
 * by learned parameters. The output of a sample does not depend on other samples.
 *
 * <p>Parameters, each of shape (channels): {@code gamma}, {@code beta}.
 */
public final class InstanceNorm extends KernelBlock {

  private final AffineParameters affine = AffineParameters.perChannel();

  /** Creates a layer with the default epsilon. */
  public InstanceNorm() {
    this(BatchNorm.EPSILON);
  }

  /**
   * Creates the layer.
   *
   * @param epsilon is added to variances, greater than 0
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
