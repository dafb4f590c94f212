package org.gantry.plugin.rmsprop;

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
 * RMSProp without momentum. With s the running mean of the squared gradient g, a parameter moves by
 * −rate · g / (√s + epsilon).
 */
@Component(
    kind = ComponentKind.OPTIMIZER,
    name = "rmsprop",
    summary = "RMSProp: steps scaled by the running root mean square of the gradient",
    paper = "Hinton, Neural Networks for Machine Learning, lecture 6e")
final class RmsPropOptimizer implements Optimizer {

  /** The defaults are those of WGAN (arXiv:1701.07875, algorithm 1). */
  record Options(
      @Description("the learning rate") @DefaultValue("5e-5") @Positive double rate,
      @Description("the decay of the squared gradient's running mean")
          @DefaultValue("0.99")
          @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double rho,
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
  RmsPropOptimizer(Options options) {
    this.options = options;
    kernel = new OptimizerKernel(source(options));
  }

  @Override
  public List<String> slots() {
    return List.of("square");
  }

  @Override
  public void update(ParameterUpdate update) {
    double rate = options.rate() * options.decay().factor(update.progress(), options.decayShare());
    kernel.update(update, rate, List.of(update.slots().get("square")));
  }

  private static String source(Options options) {
    return Kernel.readSource(RmsPropOptimizer.class, "rmsprop.torchscript")
        .replace("RHO", Double.toString(options.rho()))
        .replace("FRESH", Double.toString(1 - options.rho()))
        .replace("EPSILON", Double.toString(options.epsilon()));
  }
}
