package org.gantry.plugin.layernoise;

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
import org.gantry.layers.GaussianNoise;
import org.gantry.tensor.RandomStream;

/**
 * A block that gets noise on its first input in training; further inputs, if any, stay as given.
 */
final class Noisy extends AbstractBlock implements ScriptableBlock {

  private final Block noise;
  private final Block block;

  /**
   * Creates the block.
   *
   * @param deviation of the noise, in the units of the block's first input
   * @param random where it comes from
   */
  Noisy(double deviation, RandomStream random, Block block) {
    this.noise = addChildBlock("noise", new GaussianNoise(deviation, random));
    this.block = addChildBlock("block", block);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    noise.initialize(manager, type, inputs[0]);
    block.initialize(manager, type, inputs);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList disturbed = noise.forward(store, new NDList(inputs.head()), training);
    disturbed.addAll(inputs.subNDList(1));
    return block.forward(store, disturbed, training);
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.apply(block, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return block.getOutputShapes(inputs);
  }
}
