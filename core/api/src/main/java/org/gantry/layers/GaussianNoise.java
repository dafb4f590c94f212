package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.tensor.RandomStream;

/**
 * Adds independent normal noise to each element in training. In inference it returns its input. Any
 * shape.
 */
public final class GaussianNoise extends AbstractBlock implements ScriptableBlock {

  private final double deviation;
  private final RandomStream random;

  /**
   * Creates the layer.
   *
   * @param deviation the standard deviation, at least 0, in the units of the input
   * @param random gives one generator for each pass in training
   */
  public GaussianNoise(double deviation, RandomStream random) {
    if (!(deviation >= 0)) {
      throw new IllegalArgumentException(
          "expected a standard deviation of at least 0, not " + deviation);
    }
    this.deviation = deviation;
    this.random = random;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    if (!training || deviation == 0) {
      return inputs;
    }
    NDArray input = inputs.singletonOrThrow();
    NDArray noise = random.normal(input.getManager(), input.getShape());
    return new NDList(input.add(noise.mul(deviation)));
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return inputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
