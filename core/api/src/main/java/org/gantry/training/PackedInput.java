package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Packs several samples into one input of a network.
 *
 * @param samples the number of samples in a pack
 * @param contributor the component that asks for packs
 */
record PackedInput(int samples, ComponentOrigin contributor) {

  /** The shape of a pack, given that of a sample; both without the batch dimension. */
  Shape sample(Shape sample) {
    return sample.dimension() == 0
        ? new Shape(samples)
        : new Shape(samples * sample.get(0)).addAll(sample.slice(1));
  }

  /** The shape of a batch of packs, given that of a batch of samples. */
  Shape batch(Shape batch) {
    return new Shape(batch.get(0) / samples).addAll(sample(batch.slice(1)));
  }

  /** Packs a batch. The result belongs to the batch's manager. */
  NDArray join(NDArray batch) {
    return batch.reshape(batch(batch.getShape()));
  }
}
