package org.gantry.plugin.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * Connects all positions of each channel of a map with each other (arXiv:1604.07379, section 3.1):
 * a channel of n positions has n² weights and n biases of its own. The shape (batch, channels,
 * height, width) stays.
 *
 * <p>Parameters: {@code weight} of shape (channels, n, n), {@code bias} of shape (channels, 1, n).
 */
final class ChannelwiseLinear extends AbstractBlock implements ScriptableBlock {

  private final Parameter weight =
      addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
  private final Parameter bias =
      addParameter(Parameter.builder().setName("bias").setType(Parameter.Type.BIAS).build());

  @Override
  protected void prepare(Shape[] inputs) {
    long channels = inputs[0].get(1);
    long positions = inputs[0].slice(2).size();
    weight.setShape(new Shape(channels, positions, positions));
    bias.setShape(new Shape(channels, 1, positions));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    Shape shape = input.getShape();
    NDArray byChannel =
        input.reshape(shape.get(0), shape.get(1), shape.slice(2).size()).transpose(1, 0, 2);
    NDArray connected =
        byChannel
            .matMul(store.getValue(weight, input.getDevice(), training))
            .add(store.getValue(bias, input.getDevice(), training));
    return new NDList(connected.transpose(1, 0, 2).reshape(shape));
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
        def forward(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
          channels = torch.transpose(torch.flatten(x, 2), 0, 1)
          connected = torch.matmul(channels, weight) + bias
          return torch.reshape(torch.transpose(connected, 0, 1), torch.size(x))
        """,
        List.of(inputs.get(0), weight, bias));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {inputs[0]};
  }
}
