package org.gantry.layers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/** The sum of the outputs of two blocks for the same input (arXiv:1512.03385). */
public final class Residual extends AbstractBlock implements ScriptableBlock {

  private final Block branch;
  private final Block shortcut;

  /**
   * Creates the block.
   *
   * @param branch the block with the layers
   * @param shortcut a block with the same output shape, such as {@code Activation.NONE.layer()}
   */
  public Residual(Block branch, Block shortcut) {
    this.branch = addChildBlock("branch", branch);
    this.shortcut = addChildBlock("shortcut", shortcut);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    branch.initialize(manager, type, inputs);
    shortcut.initialize(manager, type, inputs);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList first = branch.forward(store, inputs, training);
    NDList second = shortcut.forward(store, inputs, training);
    return new NDList(first.singletonOrThrow().add(second.singletonOrThrow()));
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(
        """
        def forward(self, branch: Tensor, shortcut: Tensor) -> Tensor:
          return branch + shortcut
        """,
        List.of(script.apply(branch, inputs).get(0), script.apply(shortcut, inputs).get(0)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] first = branch.getOutputShapes(inputs);
    Shape[] second = shortcut.getOutputShapes(inputs);
    if (!Arrays.equals(first, second)) {
      throw new UnusableComponentException(
          "the branch of a residual block gives "
              + Arrays.toString(first)
              + " but its shortcut gives "
              + Arrays.toString(second));
    }
    return first;
  }
}
