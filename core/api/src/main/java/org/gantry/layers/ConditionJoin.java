package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * Joins a value and a condition along the second axis. A condition of a vector joins a picture or a
 * feature map as planes that are constant over all positions, as in arXiv:1605.05396, section 4.1.
 * A condition that is a picture of the same size adds its channels.
 */
public final class ConditionJoin extends AbstractBlock implements ScriptableBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray value = inputs.get(0);
    NDArray condition = inputs.get(1);
    Shape spread = spread(value.getShape(), condition.getShape());
    if (!condition.getShape().equals(spread)) {
      NDArray flat = condition.reshape(condition.getShape().get(0), spread.get(1));
      condition =
          value.getShape().dimension() == 4
              ? flat.reshape(flat.getShape().addAll(new Shape(1, 1))).broadcast(spread)
              : flat;
    }
    return new NDList(NDArrays.concat(new NDList(value, condition), 1));
  }

  /** The shape of the condition next to the value. */
  private static Shape spread(Shape value, Shape condition) {
    long batch = value.get(0);
    if (value.dimension() != 4) {
      return new Shape(batch, condition.slice(1).size());
    }
    boolean picture =
        condition.dimension() == 4
            && condition.get(2) == value.get(2)
            && condition.get(3) == value.get(3);
    long planes = picture ? condition.get(1) : condition.slice(1).size();
    return new Shape(batch, planes, value.get(2), value.get(3));
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
        def forward(self, value: Tensor, condition: Tensor) -> Tensor:
          joined = condition
          if torch.dim(value) == 4:
            spread = False
            if torch.dim(condition) == 4:
              if torch.size(condition, 2) != torch.size(value, 2):
                spread = True
              if torch.size(condition, 3) != torch.size(value, 3):
                spread = True
            else:
              spread = True
            if spread:
              planes = torch.reshape(condition, [torch.size(condition, 0), -1, 1, 1])
              joined = torch.expand(planes, [-1, -1, torch.size(value, 2), torch.size(value, 3)])
          else:
            joined = torch.reshape(condition, [torch.size(condition, 0), -1])
          return torch.cat([value, joined], 1)
        """,
        inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    long[] sizes = inputs[0].getShape().clone();
    sizes[1] += spread(inputs[0], inputs[1]).get(1);
    return new Shape[] {new Shape(sizes)};
  }
}
