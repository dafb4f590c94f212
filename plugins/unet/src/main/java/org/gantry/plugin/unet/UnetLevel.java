package org.gantry.plugin.unet;

import ai.djl.ndarray.NDArray;
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
 * One size of a U-Net: halves the image, applies the inner sizes, and doubles the image again. A
 * second input, the condition, goes to the bottleneck. The second output is the smallest map.
 */
final class UnetLevel extends AbstractBlock implements ScriptableBlock {

  private final Block down;
  private final Block inner;
  private final Block up;
  private final boolean passesAcross;

  /**
   * Creates the block.
   *
   * @param inner the next size, or the bottleneck
   * @param passesAcross whether the first output is the input, then what came back from below
   */
  UnetLevel(Block down, Block inner, Block up, boolean passesAcross) {
    this.down = addChildBlock("down", down);
    this.inner = addChildBlock("inner", inner);
    this.up = addChildBlock("up", up);
    this.passesAcross = passesAcross;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    down.initialize(manager, type, inputs[0]);
    Shape[] halved = halved(inputs);
    inner.initialize(manager, type, halved);
    up.initialize(manager, type, inner.getOutputShapes(halved)[0]);
  }

  private Shape[] halved(Shape[] inputs) {
    Shape[] halved = inputs.clone();
    halved[0] = down.getOutputShapes(new Shape[] {inputs[0]})[0];
    return halved;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList halved = down.forward(store, new NDList(inputs.head()), training);
    halved.addAll(inputs.subNDList(1));
    NDList below = inner.forward(store, halved, training);
    NDArray returned = up.forward(store, new NDList(below.get(0)), training).head();
    NDArray output =
        passesAcross ? NDArrays.concat(new NDList(inputs.head(), returned), 1) : returned;
    return new NDList(output, below.get(1));
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    List<ScriptWriter.ScriptValue> halved = new ArrayList<>();
    halved.add(script.apply(down, List.of(inputs.get(0))).get(0));
    halved.addAll(inputs.subList(1, inputs.size()));
    List<ScriptWriter.ScriptValue> below = script.apply(inner, halved);
    ScriptWriter.ScriptValue returned = script.apply(up, List.of(below.get(0))).get(0);
    ScriptWriter.ScriptValue output =
        passesAcross
            ? script
                .call(
                    """
                    def forward(self, outer: Tensor, inner: Tensor) -> Tensor:
                      return torch.cat([outer, inner], 1)
                    """,
                    List.of(inputs.get(0), returned))
                .get(0)
            : returned;
    return List.of(output, below.get(1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] below = inner.getOutputShapes(halved(inputs));
    Shape returned = up.getOutputShapes(new Shape[] {below[0]})[0];
    if (passesAcross) {
      long[] sizes = inputs[0].getShape().clone();
      sizes[1] += returned.get(1);
      returned = new Shape(sizes);
    }
    return new Shape[] {returned, below[1]};
  }
}
