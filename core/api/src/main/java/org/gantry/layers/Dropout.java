package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStream;

/**
 * Dropout. In training it sets each element to 0 with a given probability, and scales the others so
 * that the mean stays. In inference it returns its input. Any shape.
 */
public final class Dropout extends AbstractBlock implements ScriptableBlock {

  private final double rate;
  private final RandomStream random;
  private final boolean inInference;

  /**
   * Creates the layer.
   *
   * @param rate the probability that an element is set to 0, in [0, 1)
   * @param random gives one generator for each pass in training
   */
  public Dropout(double rate, RandomStream random) {
    this(rate, random, false);
  }

  private Dropout(double rate, RandomStream random, boolean inInference) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("expected a dropout rate in [0, 1), not " + rate);
    }
    this.rate = rate;
    this.random = random;
    this.inInference = inInference;
  }

  /**
   * Creates a layer that also sets elements to 0 in inference, as the noise of a generator
   * (arXiv:1611.07004, section 2.1).
   *
   * @param rate the probability that an element is set to 0, in [0, 1)
   * @param random gives one generator for each pass
   */
  public static Dropout asNoise(double rate, RandomStream random) {
    return new Dropout(rate, random, true);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    if ((!training && !inInference) || rate == 0) {
      return inputs;
    }
    NDArray input = inputs.singletonOrThrow();
    RandomGenerator generator = random.next();
    float kept = (float) (1 / (1 - rate));
    NDArray mask =
        FloatArrays.fill(
            input.getManager(),
            input.getShape(),
            buffer -> {
              while (buffer.hasRemaining()) {
                buffer.put(generator.nextFloat() < rate ? 0 : kept);
              }
            });
    return new NDList(input.mul(mask));
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    if (inInference && rate > 0) {
      return script.call(
          """
          def forward(self, x: Tensor) -> Tensor:
            return torch.dropout(x, RATE, True)
          """
              .replace("RATE", Double.toString(rate)),
          inputs);
    }
    return inputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
