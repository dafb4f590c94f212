package org.gantry.plugin.srresnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.gantry.data.BicubicWeights;
import org.gantry.tensor.FloatArrays;

/** Resizes images of any size to one size, by bicubic interpolation. Values are not clipped. */
final class BicubicBlock extends AbstractBlock {

  private final int height;
  private final int width;

  BicubicBlock(int height, int width) {
    this.height = height;
    this.width = width;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray images = inputs.singletonOrThrow();
    NDManager manager = images.getManager();
    NDArray rows = weights(manager, Math.toIntExact(images.getShape().get(2)), height);
    NDArray columns = weights(manager, Math.toIntExact(images.getShape().get(3)), width);
    return new NDList(rows.matMul(images).matMul(columns.transpose()));
  }

  /** The weight of each old pixel in each new one, shape (to, from). */
  private static NDArray weights(NDManager manager, int from, int to) {
    BicubicWeights weights = new BicubicWeights(from, to);
    return FloatArrays.fill(
        manager,
        new Shape(to, from),
        buffer -> {
          for (int pixel = 0; pixel < to; pixel++) {
            for (double weight : weights.weightsOf(pixel)) {
              buffer.put((float) weight);
            }
          }
        });
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1), height, width)};
  }
}
