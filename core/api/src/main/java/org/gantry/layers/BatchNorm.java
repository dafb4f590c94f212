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
 * height, width) is brought to mean 0 and variance 1 over the batch and all positions, then scaled
 * and shifted by learned factors.
 *
 * <p>Each pass in training moves the running statistics, {@code running = (1 - momentum) running +
 * momentum batch}, with the unbiased variance of the batch. Evaluation uses them, or the batch's
 * own. To renew statistics that have become stale, such as those of averaged weights, run some
 * passes in training with gradient recording off: after n passes a share of (1 - momentum)^n is
 * left of the old ones.
 *
 * <p>Parameters, each of shape (channels): {@code gamma}, {@code beta}, and, without gradients,
 * {@code runningMean} and {@code runningVar}.
 */
public final class BatchNorm extends AbstractBlock implements ScriptableBlock {

  /** The share of the newest batch in the running statistics that PyTorch uses, too. */
  public static final double MOMENTUM = 0.1;

  /** What is added to variances before their root is taken. */
  public static final double EPSILON = 1e-5;

  /** Which statistics a pass uses when the network is not in training. */
  public enum InferenceStatistics {
    /** The running statistics: a sample's output does not depend on its batch. */
    RUNNING,
    /** Those of the batch at hand, as in training; the running statistics stay as they are. */
    BATCH
  }

  private final double epsilon;
  private String trainingSource;
  private String evaluationSource;
  private final AffineParameters affine = AffineParameters.perChannel();
  private final Parameter mean = statistic("runningMean", Parameter.Type.RUNNING_MEAN);
  private final Parameter variance = statistic("runningVar", Parameter.Type.RUNNING_VAR);
  private Kernel trainingKernel;
  private Kernel evaluationKernel;

  /** Batch normalisation with the usual constants, which evaluates with running statistics. */
  public BatchNorm() {
    this(MOMENTUM, EPSILON, InferenceStatistics.RUNNING);
  }

  /**
   * Creates the layer.
   *
   * @param momentum the share of the newest batch in the running statistics, in [0, 1]
   * @param epsilon what is added to variances, greater than 0
   */
  public BatchNorm(double momentum, double epsilon, InferenceStatistics evaluation) {
    this.epsilon = epsilon;
    trainingSource = source("mean", "variance", true, momentum, epsilon);
    evaluationSource =
        evaluation == InferenceStatistics.RUNNING
            ? source("mean", "variance", false, momentum, epsilon)
            : source("None", "None", true, momentum, epsilon);
    addParameter(affine.gain());
    addParameter(affine.shift());
    addParameter(mean);
    addParameter(variance);
  }

  /**
   * Makes this virtual batch normalisation (arXiv:1606.03498, section 3.5), in training and in
   * evaluation, before it is initialised: the first samples of every batch are a reference, which
   * is normalised by its own statistics, and each of the others is normalised by those of the
   * reference and itself, {@code 1 / (n + 1)} of its own and {@code n / (n + 1)} of the
   * reference's. So a sample does not depend on others of its batch. Running statistics stay as
   * they are.
   *
   * @param reference how many samples the reference has, the paper's n, at least 1
   */
  public void useReferenceBatch(int reference) {
    trainingSource =
        KernelSource.read("virtual-batch-norm", Map.of("reference", reference, "epsilon", epsilon));
    evaluationSource = trainingSource;
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
      evaluationKernel.close();
    }
    trainingKernel = Kernel.load(manager, trainingSource);
    evaluationKernel = Kernel.load(manager, evaluationSource);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray input = inputs.singletonOrThrow();
    return (training ? trainingKernel : evaluationKernel)
        .call(input.getManager(), KernelBlock.arguments(input, operands(), store, training));
  }

  private List<Parameter> operands() {
    return List.of(affine.gain(), affine.shift(), mean, variance);
  }

  @Override
  public List<ScriptWriter.ScriptValue> writeScript(
      ScriptWriter script, List<ScriptWriter.ScriptValue> inputs) {
    return script.call(evaluationSource, KernelBlock.prepend(inputs.get(0), operands()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {AffineParameters.requireChannels(inputs)};
  }
}
