package org.gantry.plugin.stackgan;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.layers.ConditionJoin;

/** What an encoder makes of an image, and a condition as constant planes next to it. */
final class ConditionedMap extends AbstractBlock implements ScriptableBlock {

  private final Block encoder;
  private final Block join;

  /**
   * Creates the block, which takes an image and a condition.
   *
   * @param encoder gives a map of shape (batch, channels, height, width)
   */
  ConditionedMap(Block encoder) {
    this.encoder = addChildBlock("encoder", encoder);
    this.join = addChildBlock("join", new ConditionJoin());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs[0]);
    join.initialize(manager, type, parts(inputs));
  }

  private Shape[] parts(Shape[] inputs) {
    return new Shape[] {encoder.getOutputShapes(new Shape[] {inputs[0]})[0], inputs[1]};
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList map = encoder.forward(store, new NDList(inputs.get(0)), training);
    return join.forward(store, map.addAll(new NDList(inputs.get(1))), training);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    ScriptWriter.ScriptValue map = script.apply(encoder, List.of(inputs.get(0))).get(0);
    return script.apply(join, List.of(map, inputs.get(1)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return join.getOutputShapes(parts(inputs));
  }
}
