package org.gantry.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/** Finds the shapes of a network's parameters without their memory. */
final class ParameterShapes {

  private ParameterShapes() {}

  /**
   * Initialises a network with parameters that are views of one number. The network can be measured
   * and not be trained.
   *
   * @param manager owns the views
   * @param inputs the shapes of the network's inputs, with the batch dimension
   */
  static void infer(Block network, NDManager manager, Shape... inputs) {
    network.setInitializer(
        (owner, shape, type) -> owner.zeros(new Shape(), type).broadcast(shape), parameter -> true);
    network.initialize(manager, DataType.FLOAT32, inputs);
  }
}
