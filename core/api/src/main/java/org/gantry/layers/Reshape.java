package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/** Gives each sample another shape of the same size. The batch dimension stays. */
public final class Reshape extends AbstractBlock implements ScriptableBlock {

  private final Shape sample;

  /**
   * Creates the layer.
   *
   * @param sample the new shape without the batch dimension
   */
  public Reshape(Shape sample) {
    this.sample = sample;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(input.reshape(new Shape(input.getShape().get(0)).addAll(sample)));
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    String axes =
        LongStream.of(sample.getShape()).mapToObj(n -> ", " + n).collect(Collectors.joining());
    return script.call(
        """
        def forward(self, x: Tensor) -> Tensor:
          return torch.reshape(x, [torch.size(x, 0)AXES])
        """
            .replace("AXES", axes),
        inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape input = inputs[0];
    if (input.slice(1).size() != sample.size()) {
      throw new UnusableComponentException(
          "samples of shape " + input.slice(1) + " cannot take the shape " + sample);
    }
    return new Shape[] {new Shape(input.get(0)).addAll(sample)};
  }
}
