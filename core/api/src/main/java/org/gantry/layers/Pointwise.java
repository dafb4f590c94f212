package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.function.UnaryOperator;

/**
 * A layer without parameters that keeps the shape. Unlike DJL's {@code LambdaBlock} it knows the
 * shape of its output without computing one.
 */
public final class Pointwise extends AbstractBlock {

  private final UnaryOperator<NDArray> function;

  /**
   * Creates the layer.
   *
   * @param function pure, keeps the shape; its result belongs to its argument's manager
   */
  public Pointwise(UnaryOperator<NDArray> function) {
    this.function = function;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    return new NDList(function.apply(inputs.singletonOrThrow()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
