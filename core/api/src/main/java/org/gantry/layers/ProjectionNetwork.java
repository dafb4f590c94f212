package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;

/**
 * A projection discriminator (arXiv:1802.05637, section 3). The score is that of the head, plus the
 * inner product of the features, summed over all positions, with an embedding of the condition.
 */
final class ProjectionNetwork extends AbstractBlock implements ScriptableBlock {

  private final Block trunk;
  private final Block head;
  private final Block flatten;
  private final Block embedding;

  /**
   * Creates the block.
   *
   * @param trunk gives features of shape (batch, channels) or (batch, channels, height, width)
   */
  ProjectionNetwork(Block trunk, Block head, long channels) {
    this.trunk = addChildBlock("trunk", trunk);
    this.head = addChildBlock("head", head);
    this.flatten = addChildBlock("flatten", new Flatten());
    this.embedding =
        addChildBlock("embedding", Linear.builder().setUnits(channels).optBias(false).build());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    trunk.initialize(manager, type, inputs[0]);
    head.initialize(manager, type, trunk.getOutputShapes(new Shape[] {inputs[0]}));
    flatten.initialize(manager, type, inputs[1]);
    embedding.initialize(manager, type, flatten.getOutputShapes(new Shape[] {inputs[1]}));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList features = trunk.forward(store, new NDList(inputs.get(0)), training);
    NDArray score = head.forward(store, features, training).get(0);
    NDList flat = flatten.forward(store, new NDList(inputs.get(1)), training);
    NDArray direction = embedding.forward(store, flat, training).get(0);
    NDArray pooled = features.get(0);
    if (pooled.getShape().dimension() == 4) {
      pooled = pooled.sum(new int[] {2, 3});
    }
    NDArray match = pooled.mul(direction).sum(new int[] {1}, true);
    return new NDList(score.add(match)).addAll(features);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    ScriptWriter.ScriptValue features = script.apply(trunk, List.of(inputs.get(0))).get(0);
    ScriptWriter.ScriptValue score = script.apply(head, List.of(features)).get(0);
    ScriptWriter.ScriptValue direction =
        script.apply(embedding, script.apply(flatten, List.of(inputs.get(1)))).get(0);
    ScriptWriter.ScriptValue sum =
        script
            .call(
                """
                def forward(self, score: Tensor, features: Tensor, direction: Tensor) -> Tensor:
                  pooled = features
                  if torch.dim(features) == 4:
                    pooled = torch.sum(features, [2, 3])
                  return torch.add(score, torch.sum(torch.mul(pooled, direction), [1], True))
                """,
                List.of(score, features, direction))
            .get(0);
    return List.of(sum, features);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] features = trunk.getOutputShapes(new Shape[] {inputs[0]});
    return new Shape[] {head.getOutputShapes(features)[0], features[0]};
  }
}
