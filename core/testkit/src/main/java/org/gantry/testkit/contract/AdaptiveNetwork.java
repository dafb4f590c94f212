package org.gantry.testkit.contract;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Optional;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.HeadedNetwork;

/**
 * A network with one hidden layer, inputs of any shapes, and the outputs that its site requires.
 * The hidden layer can have a batch normalisation, for components that change one.
 */
final class AdaptiveNetwork extends AbstractBlock {

  private static final int HIDDEN = 8;

  private final List<Shape> outputs;
  private final Linear hidden;
  private final Optional<BatchNorm> norm;
  private final Linear last;

  private AdaptiveNetwork(List<Shape> outputs, boolean normalised) {
    this.outputs = outputs;
    norm = normalised ? Optional.of(addChildBlock("norm", new BatchNorm())) : Optional.empty();
    hidden =
        addChildBlock(
            // A normalisation cancels a bias, whose gradient would be noise of rounding.
            "hidden", Linear.builder().setUnits(HIDDEN).optBias(!normalised).build());
    last =
        addChildBlock(
            "last",
            // A network whose outputs are not known yet is built all the same, and then replaced.
            Linear.builder()
                .setUnits(Math.max(1, outputs.stream().mapToLong(Shape::size).sum()))
                .build());
  }

  /** Creates a network for a site. */
  static AdaptiveNetwork of(NetworkSite site, List<String> gives, boolean normalised) {
    return new AdaptiveNetwork(gives.stream().map(port -> shape(site, port)).toList(), normalised);
  }

  /** Creates a network of a trunk, which gives features, and a head that scores them. */
  static HeadedNetwork headed() {
    return new HeadedNetwork(
        new AdaptiveNetwork(List.of(new Shape(HIDDEN)), true),
        Linear.builder().setUnits(1).build());
  }

  private static Shape shape(NetworkSite site, String port) {
    try {
      return site.output(port);
    } catch (UnusableComponentException noShapeRequired) {
      return port.equals("reconstruction") ? site.input("image") : AdaptiveGame.typicalShape(port);
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList flat = new NDList();
    long batch = inputs.head().getShape().get(0);
    inputs.forEach(input -> flat.add(input.reshape(batch, -1)));
    NDArray joined =
        flat.size() == 1
            ? flat.head()
            : flat.get(0).getNDArrayInternal().concat(flat.subNDList(1), 1);
    NDList sums = hidden.forward(store, new NDList(joined), training);
    NDArray inner =
        Activation.tanh(norm.map(n -> n.forward(store, sums, training)).orElse(sums).head());
    NDArray all = last.forward(store, new NDList(inner), training).head();
    NDList given = new NDList();
    long from = 0;
    for (Shape output : outputs) {
      NDArray part = all.get(":, " + from + ":" + (from + output.size()));
      given.add(part.reshape(new Shape(batch).addAll(output)));
      from += output.size();
    }
    return given;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return outputs.stream()
        .map(output -> new Shape(inputs[0].get(0)).addAll(output))
        .toArray(Shape[]::new);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    long joined = 0;
    for (Shape input : inputs) {
      joined += input.size() / input.get(0);
    }
    hidden.initialize(manager, type, new Shape(1, joined));
    norm.ifPresent(n -> n.initialize(manager, type, new Shape(1, HIDDEN)));
    last.initialize(manager, type, new Shape(1, HIDDEN));
  }
}
