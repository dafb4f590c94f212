package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.Script;
import org.gantry.export.Scripted;

/** Makes a vector of each sample: from (batch, ...) to (batch, features). */
public final class Flatten extends AbstractBlock implements Scripted {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(input.reshape(flat(input.getShape())));
  }

  @Override
  public List<Script.Value> script(Script script, List<Script.Value> inputs) {
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
