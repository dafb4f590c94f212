package org.gantry.plugin.minibatchdiscrimination;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.List;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.layers.BatchCoupledBlock;
import org.gantry.tensor.Kernel;

/**
 * Appends to the features f of each sample its similarity to the others of its batch (section 3.2).
 * {@code M_i = f_i T} has one row per kernel b. {@code c_b(i, j) = exp(-||M_ib - M_jb||_1)} is 1
 * for samples that the kernel cannot distinguish. {@code o_b(i)} is its sum over all j except i.
 * The shape changes from (batch, ...) to (batch, features + kernels).
 *
 * <p>The parameter {@code weight} is the tensor T, of shape (features, kernels dimensions).
 * Parameter names in checkpoints contain the name of this class.
 */
final class BatchSimilarity extends AbstractBlock implements ScriptableBlock, BatchCoupledBlock {

  private final int kernels;
  private final int dimensions;
  private final String source;
  private final Parameter weight;
  private Kernel kernel;

  /**
   * Creates the layer.
   *
   * @param kernels the number of comparisons, B in the paper
   * @param dimensions the number of values per comparison, C in the paper
   */
  BatchSimilarity(int kernels, int dimensions) {
    this.kernels = kernels;
    this.dimensions = dimensions;
    source =
        Kernel.readSource(BatchSimilarity.class, "similarities.torchscript")
            .replace("$kernels", Integer.toString(kernels))
            .replace("$dimensions", Integer.toString(dimensions));
    weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
  }

  /** The source of the kernel, a function of the features and T. */
  String source() {
    return source;
  }

  @Override
  protected void prepare(Shape[] inputs) {
    long features = features(inputs);
    weight.setShape(new Shape(features, (long) kernels * dimensions));
    // Keeps distances near 1 for any number of features, because exp is flat at large distances.
    weight.setInitializer(new NormalInitializer((float) (1 / Math.sqrt((double) features))));
  }

  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    super.initialize(manager, type, inputs);
    if (kernel != null) {
      kernel.close();
    }
    kernel = Kernel.deferred(manager, source);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray features = inputs.singletonOrThrow();
    return kernel.call(
        features.getManager(),
        List.of(features, store.getValue(weight, features.getDevice(), training)));
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(source, List.of(inputs.get(0), weight));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), features(inputs) + kernels)};
  }

  private static long features(Shape[] inputs) {
    return inputs[0].slice(1).size();
  }
}
