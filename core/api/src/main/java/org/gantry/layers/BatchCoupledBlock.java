package org.gantry.layers;

import ai.djl.nn.Block;

/**
 * A block whose output for one sample depends on the other samples of the batch in training, such
 * as a normalisation over the batch. The gradient of one sample's score is then a gradient with
 * respect to all samples, and penalties on it do not do what their papers say.
 */
public interface BatchCoupledBlock extends Block {}
