package org.gantry.layers;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gantry.export.Script;
import org.gantry.export.Scripted;

/**
 * The last layer of a discriminator that also tells classes apart (arXiv:1606.03498, section 5):
 * from (batch, features) to a score of shape (batch, 1) and logits of shape (batch, classes). Fakes
 * are one more class, whose logit is fixed at 0; so the probability of being real is the logistic
 * function of the score {@code log(sum(exp(logits)))}, which is a score like any other.
 */
public final class ClassScores extends AbstractBlock implements Scripted {

  private final Block logits;
  private final Block score = new LogSumExp();

  /**
   * Creates the layer.
   *
   * @param classes how many classes of real samples there are, at least 1
   */
  public ClassScores(long classes) {
    logits = addChildBlock("logits", Linear.builder().setUnits(classes).build());
    addChildBlock("score", score);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    logits.initialize(manager, type, inputs);
    score.initialize(manager, type, logits.getOutputShapes(inputs));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDList classes = logits.forward(store, inputs, training);
    return new NDList(score.forward(store, classes, training)).addAll(classes);
  }

  @Override
  public List<Script.Value> script(Script script, List<Script.Value> inputs) {
    List<Script.Value> classes = script.apply(logits, inputs);
    List<Script.Value> outputs = new ArrayList<>(script.apply(score, classes));
    outputs.addAll(classes);
    return outputs;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape classes = logits.getOutputShapes(inputs)[0];
    return new Shape[] {new Shape(classes.get(0), 1), classes};
  }

  /** The logarithm of the sum of exponentials of each row, without overflow. */
  private static final class LogSumExp extends KernelBlock {

    LogSumExp() {
      super("log-sum-exp", Map.of());
    }

    @Override
    List<?> operands() {
      return List.of();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), 1)};
    }
  }
}
