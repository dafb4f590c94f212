package org.gantry.plugin.historicalaveraging;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.tensor.Kernel;

/**
 * A network that also keeps the mean of all past values of its weights. Its outputs do not change.
 *
 * <p>It has parameters without gradients: {@code mean1}, {@code mean2} and so on, of the shapes of
 * the weights, and {@code values}, the number of values in the mean.
 */
final class WeightHistory extends AbstractBlock implements ScriptableBlock {

  private final Block network;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> means = new ArrayList<>();
  private final Parameter values;
  private Kernel follow;
  private Kernel distance;

  WeightHistory(Block network) {
    this.network = addChildBlock("network", network);
    values = addParameter(stateParameter("values", Initializer.ZEROS));
    for (Parameter parameter : network.getParameters().values()) {
      if (parameter.requiresGradient()) {
        weights.add(parameter);
        means.add(addParameter(stateParameter("mean" + weights.size(), Initializer.ZEROS)));
      }
    }
  }

  private static Parameter stateParameter(String name, Initializer initializer) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optInitializer(initializer)
        .optRequiresGrad(false)
        .build();
  }

  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    network.initialize(manager, type, inputs);
    values.setShape(new Shape(1));
    for (int i = 0; i < weights.size(); i++) {
      means.get(i).setShape(weights.get(i).getShape());
    }
    super.initialize(manager, type, inputs);
    if (follow != null) {
      follow.close();
    }
    follow = Kernel.load(manager, Kernel.readSource(WeightHistory.class, "follow.torchscript"));
    if (distance != null) {
      distance.close();
    }
    distance = Kernel.load(manager, Kernel.readSource(WeightHistory.class, "distance.torchscript"));
    updateMeans();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    // initialize() does it first, because the means take their shapes from the weights.
  }

  /** Adds the current weights to the means. */
  void updateMeans() {
    NDArray count = values.getArray();
    try (NDManager scratch = count.getManager().newSubManager()) {
      follow.call(scratch, List.of(count, arrays(means), arrays(weights)));
    }
  }

  /**
   * The squared distance of the weights from their means.
   *
   * @param into owns the result
   */
  NDArray squaredDistance(NDManager into) {
    return distance.call(into, List.of(arrays(weights), arrays(means))).singletonOrThrow();
  }

  /** The number of weight arrays. */
  int weightCount() {
    return weights.size();
  }

  private static NDList arrays(List<Parameter> parameters) {
    NDList arrays = new NDList();
    parameters.forEach(p -> arrays.add(p.getArray()));
    return arrays;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    return network.forward(store, inputs, training);
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.apply(network, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return network.getOutputShapes(inputs);
  }
}
