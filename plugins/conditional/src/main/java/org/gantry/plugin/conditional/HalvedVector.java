package org.gantry.plugin.conditional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/** The first and the second half of a vector, from (batch, 2 n) to twice (batch, n). */
final class HalvedVector extends AbstractBlock implements ScriptableBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray vector = inputs.singletonOrThrow();
    long half = vector.getShape().get(1) / 2;
    return new NDList(vector.get(":, :{}", half), vector.get(":, {}:", half));
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return List.of(half(script, inputs, 0), half(script, inputs, 1));
  }

  private static ScriptWriter.ScriptValue half(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs, int index) {
    return script
        .call(
            """
            def forward(self, vector: Tensor) -> Tensor:
              return torch.chunk(vector, 2, 1)[INDEX]
            """
                .replace("INDEX", Integer.toString(index)),
            inputs)
        .get(0);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape half = new Shape(inputs[0].get(0), inputs[0].get(1) / 2);
    return new Shape[] {half, half};
  }
}
