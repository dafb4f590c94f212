package org.gantry.layers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * A trunk and a head on top of it. The outputs of the head, such as a score, come first. Those of
 * the trunk, such as features, follow.
 */
public final class HeadedNetwork extends AbstractBlock implements ScriptableBlock {

  private final Block trunk;
  private final Block head;

  /**
   * Creates the block.
   *
   * @param trunk takes the input
   * @param head takes the outputs of the trunk
   */
  public HeadedNetwork(Block trunk, Block head) {
    this.trunk = addChildBlock("trunk", trunk);
    this.head = addChildBlock("head", head);
  }

  /** A network with the same trunk and another head. */
  public HeadedNetwork withHead(Block other) {
    return new HeadedNetwork(trunk, other);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    trunk.initialize(manager, type, inputs);
    head.initialize(manager, type, trunk.getOutputShapes(inputs));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList features = trunk.forward(store, inputs, training);
    return new NDList(head.forward(store, features, training)).addAll(features);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    List<ScriptWriter.ScriptValue> features = script.apply(trunk, inputs);
    List<ScriptWriter.ScriptValue> all = new ArrayList<>(script.apply(head, features));
    all.addAll(features);
    return all;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] features = trunk.getOutputShapes(inputs);
    Shape[] scores = head.getOutputShapes(features);
    Shape[] all = Arrays.copyOf(scores, scores.length + features.length);
    System.arraycopy(features, 0, all, scores.length, features.length);
    return all;
  }
}
