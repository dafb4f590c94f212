package org.gantry.layers;

import ai.djl.nn.Block;

/** The normalisations of a layer's activations. */
public enum Normalization {
  /** {@link BatchNorm}, over the batch. Not for a discriminator with a gradient penalty. */
  BATCH,
  /** {@link InstanceNorm}, over each channel of each sample. */
  INSTANCE,
  /** {@link LayerNorm}, over each sample. */
  LAYER,
  /** No normalisation. */
  NONE;

  /** Creates a layer. */
  public Block layer() {
    return switch (this) {
      case BATCH -> new BatchNorm();
      case INSTANCE -> new InstanceNorm();
      case LAYER -> new LayerNorm();
      case NONE -> Activation.NONE.layer();
    };
  }
}
