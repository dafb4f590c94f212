package org.gantry.plugin.domaintransfer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import org.gantry.layers.LogSumExp;
import org.gantry.layers.Pointwise;

/**
 * Logits of the kinds of fakes: transfers, then reconstructions. The logit of real samples is 0.
 */
final class OriginLogits {

  /** The number of kinds. */
  static final int KINDS = 2;

  private OriginLogits() {}

  /**
   * Creates the layer from logits of shape (batch, 2) to the logit of being real, of shape (batch,
   * 1).
   */
  static Block score() {
    return new SequentialBlock().add(new LogSumExp()).add(new Pointwise(NDArray::neg, "-x"));
  }

  /** The mean cross entropy of samples of one kind, as a scalar. */
  static NDArray crossEntropy(NDArray logits, int kind) {
    return logits.logSoftmax(1).get(":, " + kind).mean().neg();
  }
}
