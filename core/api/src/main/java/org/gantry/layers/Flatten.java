package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Makes a vector of each sample: from (batch, ...) to (batch, features). */
public final class Flatten extends AbstractBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(input.reshape(flat(input.getShape())));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {flat(inputs[0])};
  }

  private static Shape flat(Shape shape) {
    return new Shape(shape.get(0), shape.slice(1).size());
  }
}
