package org.gantry.layers;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * Joins several inputs. Each input goes through its own block, and the outputs are concatenated
 * along the second axis. There is one input for each block, in the same order.
 */
public final class BranchConcat extends AbstractBlock implements ScriptableBlock {

  private final List<Block> branches;

  /**
   * Creates the block.
   *
   * @param branches each takes one input and gives one output; the sizes of the outputs agree on
   *     all axes but the second
   */
  public BranchConcat(Block... branches) {
    this.branches = List.of(branches);
    for (int i = 0; i < branches.length; i++) {
      addChildBlock("branch-" + (i + 1), branches[i]);
    }
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    for (int i = 0; i < branches.size(); i++) {
      branches.get(i).initialize(manager, type, inputs[i]);
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList parts = new NDList();
    for (int i = 0; i < branches.size(); i++) {
      parts.addAll(branches.get(i).forward(store, new NDList(inputs.get(i)), training));
    }
    return new NDList(NDArrays.concat(parts, 1));
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    List<ScriptWriter.ScriptValue> parts = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      parts.addAll(script.apply(branches.get(i), List.of(inputs.get(i))));
    }
    return script.call(
        """
        def forward(self, parts: List[Tensor]) -> Tensor:
          return torch.cat(parts, 1)
        """,
        List.of(parts));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    if (inputs.length != branches.size()) {
      throw new IllegalArgumentException(
          "expected " + branches.size() + " inputs to join, not " + inputs.length);
    }
    long width = 0;
    Shape first = null;
    for (int i = 0; i < inputs.length; i++) {
      Shape part = branches.get(i).getOutputShapes(new Shape[] {inputs[i]})[0];
      first = first == null ? part : first;
      width += part.get(1);
    }
    long[] sizes = first.getShape().clone();
    sizes[1] = width;
    return new Shape[] {new Shape(sizes)};
  }
}
