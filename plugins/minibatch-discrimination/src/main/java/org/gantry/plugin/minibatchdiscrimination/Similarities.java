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
import org.gantry.tensor.Kernel;

/**
 * Appends to the features f of each sample how much it is like the others of its batch (section
 * 3.2): {@code M_i = f_i T} has one row for each kernel b, {@code c_b(i, j) = exp(-||M_ib -
 * M_jb||_1)} is 1 for samples that the kernel does not tell apart, and {@code o_b(i)} is the sum of
 * it over all j but i. From (batch, ...) to (batch, features + kernels).
 *
 * <p>Parameter: {@code weight}, the tensor T, of shape (features, kernels dimensions).
 */
final class Similarities extends AbstractBlock implements ScriptableBlock {

  private final int kernels;
  private final int dimensions;
  private final String source;
  private final Parameter weight;
  private Kernel kernel;

  /**
   * Creates the layer.
   *
   * @param kernels how many ways to compare samples, the paper's B
   * @param dimensions in how many numbers each compares, the paper's C
   */
  Similarities(int kernels, int dimensions) {
    this.kernels = kernels;
    this.dimensions = dimensions;
    source =
        Kernel.readSource(Similarities.class, "similarities.torchscript")
            .replace("$kernels", Integer.toString(kernels))
            .replace("$dimensions", Integer.toString(dimensions));
    weight =
        addParameter(Parameter.builder().setName("weight").setType(Parameter.Type.WEIGHT).build());
  }

  /** The kernel's source, a function of features and T. */
  String source() {
    return source;
  }

  @Override
  protected void prepare(Shape[] inputs) {
    long features = features(inputs);
    weight.setShape(new Shape(features, (long) kernels * dimensions));
    // Keeps distances near 1 however many features there are: where they are large, exp is flat.
    weight.setInitializer(new NormalInitializer((float) (1 / Math.sqrt((double) features))));
  }

  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    super.initialize(manager, type, inputs);
    if (kernel != null) {
      kernel.close();
    }
    kernel = Kernel.load(manager, source);
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
