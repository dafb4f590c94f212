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
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;

/**
 * A network with one hidden layer, inputs of any shapes, and the outputs that its site requires.
 */
final class AdaptiveNetwork extends AbstractBlock {

  private static final int HIDDEN = 8;

  private final List<Shape> outputs;
  private final Linear hidden;
  private final Linear last;

  AdaptiveNetwork(NetworkSite site, List<String> gives) {
    outputs = gives.stream().map(port -> shape(site, port)).toList();
    hidden = addChildBlock("hidden", Linear.builder().setUnits(HIDDEN).build());
    last =
        addChildBlock(
            "last",
            Linear.builder().setUnits(outputs.stream().mapToLong(Shape::size).sum()).build());
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
    NDArray inner = Activation.tanh(hidden.forward(store, new NDList(joined), training).head());
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
    last.initialize(manager, type, new Shape(1, HIDDEN));
  }
}
