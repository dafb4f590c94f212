package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/** Reshapes each sample to a vector, from (batch, ...) to (batch, features). */
public final class Flatten extends AbstractBlock implements ScriptableBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(input.reshape(flat(input.getShape())));
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
          return torch.reshape(x, [torch.size(x, 0), -1])
        """,
        inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {flat(inputs[0])};
  }

  private static Shape flat(Shape shape) {
    return new Shape(shape.get(0), shape.slice(1).size());
  }
}
