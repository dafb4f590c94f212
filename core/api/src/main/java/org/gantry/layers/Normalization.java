package org.gantry.layers;

import ai.djl.nn.Block;

/** Ways to keep the activations of a layer in range. */
public enum Normalization {
  /** {@link BatchNorm}: over the batch. Not for a discriminator under a gradient penalty. */
  BATCH,
  /** {@link InstanceNorm}: over each channel of each sample. */
  INSTANCE,
  /** {@link LayerNorm}: over each sample. */
  LAYER,
  /** Nothing. */
  NONE;

  /** A new layer that normalises. */
  public Block layer() {
    return switch (this) {
      case BATCH -> new BatchNorm();
      case INSTANCE -> new InstanceNorm();
      case LAYER -> new LayerNorm();
      case NONE -> Activation.NONE.layer();
    };
  }
}
