package org.gantry.plugin.mlp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * Maxout (arXiv:1302.4389): the maximum of each group of neighbouring features. The shape changes
 * from (batch, units pieces) to (batch, units).
 */
final class Maxout extends AbstractBlock implements ScriptableBlock {

  private final int pieces;

  Maxout(int pieces) {
    this.pieces = pieces;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    Shape output = units(input.getShape());
    NDArray runs = input.reshape(output.get(0), output.get(1), pieces);
    return new NDList(runs.max(new int[] {2}));
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
        def forward(self, x: Tensor) -> Tensor:
          return torch.amax(torch.reshape(x, [torch.size(x, 0), -1, PIECES]), [2])
        """
            .replace("PIECES", Integer.toString(pieces)),
        inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {units(inputs[0])};
  }

  private Shape units(Shape input) {
    return new Shape(input.get(0), input.get(1) / pieces);
  }
}
