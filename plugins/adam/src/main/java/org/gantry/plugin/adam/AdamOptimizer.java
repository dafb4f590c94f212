package org.gantry.plugin.adam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.optimizer.LearningRateDecay;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.OptimizerKernel;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.tensor.Kernel;

/**
 * The Adam optimizer. With m and v the bias-corrected running means of the gradient and of its
 * square, a parameter moves by −rate · m / (√v + epsilon).
 */
@Component(
    kind = ComponentKind.OPTIMIZER,
    name = "adam",
    summary = "Adam: steps scaled by running means of the gradient and of its square",
    paper = "arXiv:1412.6980, algorithm 1")
final class AdamOptimizer implements Optimizer {

  /** The defaults are those of DCGAN (arXiv:1511.06434, section 4). */
  record Options(
      @Description("the learning rate") @DefaultValue("2e-4") @Positive double rate,
      @Description("the decay of the gradient's running mean")
          @DefaultValue("0.5")
          @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double beta1,
      @Description("the decay of the squared gradient's running mean")
          @DefaultValue("0.999")
          @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double beta2,
      @Description("a constant added to the root, to prevent division by zero")
          @DefaultValue("1e-8")
          @Positive double epsilon,
      @Description("how the learning rate falls to zero: constant (it does not), linear or cosine")
          @DefaultValue("constant")
          LearningRateDecay decay,
      @Description("the final share of the training over which the learning rate falls")
          @DefaultValue("1")
          @Positive @DecimalMax("1") double decayShare) {}

  private final Options options;
  private final OptimizerKernel kernel;

  @Inject
  AdamOptimizer(Options options) {
    this.options = options;
    kernel = new OptimizerKernel(source(options));
  }

  @Override
  public List<String> slots() {
    return List.of("m", "v");
  }

  @Override
  public void update(ParameterUpdate update) {
    double rate = options.rate() * options.decay().factor(update.progress(), options.decayShare());
    NDManager manager = update.gradients().head().getManager();
    try (NDArray count = manager.create((float) update.updateNumber())) {
      kernel.update(update, rate, List.of(update.slots().get("m"), update.slots().get("v"), count));
    }
  }

  private static String source(Options options) {
    return Kernel.readSource(AdamOptimizer.class, "adam.torchscript")
        .replace("BETA1", Double.toString(options.beta1()))
        .replace("BETA2", Double.toString(options.beta2()))
        .replace("EPSILON", Double.toString(options.epsilon()));
  }
}
