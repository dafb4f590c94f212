package org.gantry.layers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * A trunk, a condition that joins its features, and a layer over both. The condition passes through
 * a layer of its own first, as in arXiv:1411.1784, section 4.1: next to many features, a bare label
 * is too small to be learned before the generator has collapsed.
 */
final class ConditionedTrunk extends AbstractBlock implements ScriptableBlock {

  private final Block trunk;
  private final Block branch;
  private final Block join;
  private final Block mixing;

  /**
   * Conditions a trunk.
   *
   * @param branch the units of the condition's own layer, at least 1
   */
  ConditionedTrunk(Block trunk, long branch, Block mixing) {
    this.trunk = addChildBlock("trunk", trunk);
    this.branch =
        addChildBlock(
            "branch",
            new SequentialBlock()
                .add(Linear.builder().setUnits(branch).build())
                .add(Activation.LEAKY_RELU.layer()));
    this.join = addChildBlock("join", new ConditionJoin());
    this.mixing = addChildBlock("mixing", mixing);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    trunk.initialize(manager, type, inputs[0]);
    branch.initialize(manager, type, inputs[1]);
    Shape[] parts = parts(inputs);
    join.initialize(manager, type, parts);
    mixing.initialize(manager, type, join.getOutputShapes(parts));
  }

  private Shape[] parts(Shape[] inputs) {
    return new Shape[] {
      trunk.getOutputShapes(new Shape[] {inputs[0]})[0],
      branch.getOutputShapes(new Shape[] {inputs[1]})[0]
    };
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList features = trunk.forward(store, new NDList(inputs.get(0)), training);
    features.addAll(branch.forward(store, new NDList(inputs.get(1)), training));
    return mixing.forward(store, join.forward(store, features, training), training);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    ScriptWriter.ScriptValue features = script.apply(trunk, List.of(inputs.get(0))).get(0);
    ScriptWriter.ScriptValue condition = script.apply(branch, List.of(inputs.get(1))).get(0);
    return script.apply(mixing, script.apply(join, List.of(features, condition)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return mixing.getOutputShapes(join.getOutputShapes(parts(inputs)));
  }
}
