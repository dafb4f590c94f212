package org.gantry.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import java.util.Map;
import org.gantry.export.ScriptWriter;
import org.gantry.export.ScriptableBlock;
import org.gantry.tensor.Kernel;

/**
 * Batch normalisation (arXiv:1502.03167): each channel of (batch, channels) or (batch, channels,
 * height, width) is normalised to mean 0 and variance 1 over the batch and all positions, then
 * scaled and shifted by learned parameters.
 *
 * <p>Each pass in training moves the running statistics, {@code running = (1 - momentum) running +
 * momentum batch}, with the unbiased variance of the batch. Inference uses the running statistics,
 * or the batch's own. To renew outdated statistics, such as those of averaged weights, run some
 * passes in training mode with gradient recording off. After n passes the old statistics have the
 * weight (1 - momentum)^n.
 *
 * <p>Parameters, each of shape (channels): {@code gamma}, {@code beta}, and, without gradients,
 * {@code runningMean} and {@code runningVar}.
 */
public final class BatchNorm extends AbstractBlock implements ScriptableBlock, BatchCoupledBlock {

  /** The default weight of the newest batch in the running statistics, as in PyTorch. */
  public static final double MOMENTUM = 0.1;

  /** The default for the constant that is added to variances before their root is taken. */
  public static final double EPSILON = 1e-5;

  /** The statistics that a pass in inference mode uses. */
  public enum InferenceStatistics {
    /** The running statistics. The output of a sample does not depend on its batch. */
    RUNNING,
    /** The statistics of the batch, as in training. The running statistics do not change. */
    BATCH
  }

  private final double epsilon;
  private String trainingSource;
  private String inferenceSource;
  private final AffineParameters affine = AffineParameters.perChannel();
  private final Parameter mean = statistic("runningMean", Parameter.Type.RUNNING_MEAN);
  private final Parameter variance = statistic("runningVar", Parameter.Type.RUNNING_VAR);
  private Kernel trainingKernel;
  private Kernel inferenceKernel;

  /** Creates a layer with the default constants, which uses running statistics in inference. */
  public BatchNorm() {
    this(MOMENTUM, EPSILON, InferenceStatistics.RUNNING);
  }

  /**
   * Creates the layer.
   *
   * @param momentum the weight of the newest batch in the running statistics, in [0, 1]
   * @param epsilon is added to variances, greater than 0
   * @param statistics the statistics in inference
   */
  public BatchNorm(double momentum, double epsilon, InferenceStatistics statistics) {
    this.epsilon = epsilon;
    trainingSource = source("mean", "variance", true, momentum, epsilon);
    inferenceSource =
        statistics == InferenceStatistics.RUNNING
            ? source("mean", "variance", false, momentum, epsilon)
            : source("None", "None", true, momentum, epsilon);
    addParameter(affine.gain());
    addParameter(affine.shift());
    addParameter(mean);
    addParameter(variance);
  }

  /**
   * Turns the layer into virtual batch normalisation (arXiv:1606.03498, section 3.5), in training
   * and in inference. Has to be called before the layer is initialised.
   *
   * <p>The first n samples of every batch are the reference, which is normalised by its own
   * statistics. Every other sample is normalised by a mixture: {@code 1 / (n + 1)} of its own
   * statistics and {@code n / (n + 1)} of the reference's. So its output does not depend on the
   * other samples after the reference. Running statistics do not change.
   *
   * @param reference the number n of samples in the reference, at least 1
   */
  public void useReferenceBatch(int reference) {
    trainingSource =
        KernelSource.read("virtual-batch-norm", Map.of("reference", reference, "epsilon", epsilon));
    inferenceSource = trainingSource;
  }

  private static String source(
      String mean, String variance, boolean fromBatch, double momentum, double epsilon) {
    return KernelSource.read(
        "batch-norm",
        Map.of(
            "mean",
            mean,
            "variance",
            variance,
            "fromBatch",
            fromBatch ? "True" : "False",
            "momentum",
            momentum,
            "epsilon",
            epsilon));
  }

  private static Parameter statistic(String name, Parameter.Type type) {
    return Parameter.builder().setName(name).setType(type).optRequiresGrad(false).build();
  }

  @Override
  protected void prepare(Shape[] inputs) {
    affine.prepare(inputs);
    mean.setShape(AffineParameters.channels(inputs));
    variance.setShape(AffineParameters.channels(inputs));
  }

  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    super.initialize(manager, type, inputs);
    if (trainingKernel != null) {
      trainingKernel.close();
      inferenceKernel.close();
    }
    trainingKernel = Kernel.deferred(manager, trainingSource);
    inferenceKernel = Kernel.deferred(manager, inferenceSource);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return (training ? trainingKernel : inferenceKernel)
        .call(input.getManager(), KernelBlock.arguments(input, operands(), store, training));
  }

  private List<Parameter> operands() {
    return List.of(affine.gain(), affine.shift(), mean, variance);
  }

  @Override
  public boolean scriptsTraining() {
    return true;
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(
        script.isTraining() ? trainingSource : inferenceSource,
        KernelBlock.prepend(inputs.get(0), operands()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {AffineParameters.requireChannels(inputs)};
  }
}
