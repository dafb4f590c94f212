package org.gantry.plugin.unet;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Optional;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.layers.ConditionJoin;

/**
 * The middle of a U-Net. A condition joins the smallest map here, and layers can connect the
 * positions of the map. The outputs are what the way up begins with, and the map that came down.
 */
final class UnetBottleneck extends AbstractBlock implements ScriptableBlock {

  private final Optional<Block> join;
  private final Optional<Block> connection;

  /**
   * Creates the middle.
   *
   * @param conditioned whether the second input is a condition; otherwise there is one input
   * @param connection the layers between the way down and the way up; empty for none
   */
  UnetBottleneck(boolean conditioned, Optional<Block> connection) {
    join = conditioned ? Optional.of(addChildBlock("join", new ConditionJoin())) : Optional.empty();
    this.connection = connection.map(block -> addChildBlock("connection", block));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    join.ifPresent(block -> block.initialize(manager, type, inputs));
    connection.ifPresent(block -> block.initialize(manager, type, joined(inputs)));
  }

  private Shape joined(Shape[] inputs) {
    return join.map(block -> block.getOutputShapes(inputs)[0]).orElse(inputs[0]);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList joined =
        join.map(block -> block.forward(store, inputs, training))
            .orElseGet(() -> new NDList(inputs.head()));
    NDList outputs = connection.map(block -> block.forward(store, joined, training)).orElse(joined);
    outputs.add(inputs.head());
    return outputs;
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    ScriptWriter.ScriptValue joined =
        join.map(block -> script.apply(block, inputs).get(0)).orElseGet(() -> inputs.get(0));
    ScriptWriter.ScriptValue connected =
        connection.map(block -> script.apply(block, List.of(joined)).get(0)).orElse(joined);
    return List.of(connected, inputs.get(0));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape joined = joined(inputs);
    Shape connected =
        connection.map(block -> block.getOutputShapes(new Shape[] {joined})[0]).orElse(joined);
    return new Shape[] {connected, inputs[0]};
  }
}
