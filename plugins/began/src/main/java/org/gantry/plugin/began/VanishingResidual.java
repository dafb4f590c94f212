package org.gantry.plugin.began;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * A layer that changes from the identity to a plain layer: {@code carry x + (1 - carry) layer(x)}.
 * The carry falls linearly from 1 to 0. Training and use compute the same function.
 *
 * <p>It has one parameter without a gradient: {@code updates}, of shape (1), the number of updates
 * of the network. Parameter names in checkpoints contain the name of this class.
 */
final class VanishingResidual extends AbstractBlock implements ScriptableBlock {

  private final Block layer;
  private final int span;
  private final Parameter updates;

  /**
   * Wraps a layer.
   *
   * @param layer keeps the shape of its input
   * @param span the number of updates after which the carry is 0
   */
  VanishingResidual(Block layer, int span) {
    this.layer = addChildBlock("layer", layer);
    this.span = span;
    updates =
        addParameter(
            Parameter.builder()
                .setName("updates")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optRequiresGrad(false)
                .optShape(new Shape(1))
                .build());
  }

  /** Counts an update. */
  void countUpdate() {
    updates.getArray().addi(1);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    layer.initialize(manager, type, inputs);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray count = store.getValue(updates, inputs.head().getDevice(), training);
    NDArray own = layer.forward(store, inputs, training).singletonOrThrow();
    NDArray carry = count.mul(-1f / span).add(1f).maximum(0f);
    return new NDList(own.add(inputs.head().sub(own).mul(carry)));
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
        def forward(self, input: Tensor, own: Tensor, count: Tensor) -> Tensor:
          carry = torch.clamp(1.0 - count / %d, min=0.0)
          return own + (input - own) * carry
        """
            .formatted(span),
        List.of(inputs.get(0), script.apply(layer, inputs).get(0), updates));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return layer.getOutputShapes(inputs);
  }
}
