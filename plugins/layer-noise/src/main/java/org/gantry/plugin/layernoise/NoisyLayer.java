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
 * Adds noise to the first input of a block in training. Other inputs do not change.
 *
 * <p>Parameter names in checkpoints contain the name of this class.
 */
final class NoisyLayer extends AbstractBlock implements ScriptableBlock {

  private final Block noise;
  private final Block block;

  /**
   * Wraps a block.
   *
   * @param deviation the standard deviation of the noise, in the units of the first input
   * @param random the stream of the noise
   */
  NoisyLayer(double deviation, RandomStream random, Block block) {
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
    NDList noisyInputs = noise.forward(store, new NDList(inputs.head()), training);
    noisyInputs.addAll(inputs.subNDList(1));
    return block.forward(store, noisyInputs, training);
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
