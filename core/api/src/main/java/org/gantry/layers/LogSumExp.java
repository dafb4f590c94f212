package org.gantry.layers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

/**
 * The logarithm of the sum of the exponentials of each row, without overflow, from (batch, n) to
 * (batch, 1). If the inputs are the logits of n classes of real samples and the logit of fakes is
 * 0, the output is the logit of being real.
 */
public final class LogSumExp extends KernelBlock {

  /** Creates the layer. */
  public LogSumExp() {
    super("log-sum-exp", Map.of());
  }

  @Override
  List<?> operands() {
    return List.of();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), 1)};
  }
}
