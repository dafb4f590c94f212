package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * A layer without parameters that keeps the shape. Unlike DJL's {@code LambdaBlock}, it knows the
 * shape of its output without computing it.
 */
public final class Pointwise extends AbstractBlock implements ScriptableBlock {

  private final UnaryOperator<NDArray> function;
  private final String expression;

  /**
   * Creates a layer that cannot be exported as TorchScript.
   *
   * @param function pure, keeps the shape; the result belongs to the manager of the argument
   */
  public Pointwise(UnaryOperator<NDArray> function) {
    this(function, null);
  }

  /**
   * Creates the layer.
   *
   * @param function pure, keeps the shape; the result belongs to the manager of the argument
   * @param expression the function of {@code x} in TorchScript, such as {@code torch.sin(x)}
   */
  public Pointwise(UnaryOperator<NDArray> function, String expression) {
    this.function = function;
    this.expression = expression;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    return new NDList(function.apply(inputs.singletonOrThrow()));
  }

  @Override
  public boolean scriptsTraining() {
    return expression != null;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    if (expression == null) {
      throw script.refusal("applies a function without a TorchScript expression");
    }
    return script.call("def forward(self, x: Tensor) -> Tensor:\n  return " + expression, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
