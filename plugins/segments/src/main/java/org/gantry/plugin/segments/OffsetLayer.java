package org.gantry.plugin.segments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;

/** Maps codes u of shape (batch, 1) to points (offset, u) of shape (batch, 2). */
final class OffsetLayer extends AbstractBlock {

  private final Parameter offset;

  OffsetLayer(double start) {
    offset =
        addParameter(
            Parameter.builder()
                .setName("offset")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(1))
                .optInitializer(new ConstantInitializer((float) start))
                .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray codes = inputs.singletonOrThrow();
    NDArray across = codes.mul(0).add(store.getValue(offset, codes.getDevice(), training));
    return new NDList(across.concat(codes, 1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), 2)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    // This block has no children.
  }
}
