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
 * The middle of a U-Net. A condition joins the smallest map here. The outputs are what the way up
 * begins with, and the map without the condition.
 */
final class UnetBottleneck extends AbstractBlock implements ScriptableBlock {

  private final Optional<Block> join;

  /**
   * Creates the middle.
   *
   * @param conditioned whether the second input is a condition; otherwise there is one input
   */
  UnetBottleneck(boolean conditioned) {
    join = conditioned ? Optional.of(addChildBlock("join", new ConditionJoin())) : Optional.empty();
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    join.ifPresent(block -> block.initialize(manager, type, inputs));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList outputs =
        join.map(block -> block.forward(store, inputs, training))
            .orElseGet(() -> new NDList(inputs.head()));
    outputs.add(inputs.head());
    return outputs;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    ScriptWriter.ScriptValue joined =
        join.map(block -> script.apply(block, inputs).get(0)).orElseGet(() -> inputs.get(0));
    return List.of(joined, inputs.get(0));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape joined = join.map(block -> block.getOutputShapes(inputs)[0]).orElse(inputs[0]);
    return new Shape[] {joined, inputs[0]};
  }
}
