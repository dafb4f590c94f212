package org.gantry.plugin.sgd;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
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
 * Stochastic gradient descent with heavy-ball momentum. With g the gradient plus weight-decay · p,
 * the velocity u becomes momentum · u + g, and the parameter p moves by −rate · u.
 */
@Component(
    kind = ComponentKind.OPTIMIZER,
    name = "sgd",
    summary = "Stochastic gradient descent, with optional momentum and weight decay",
    paper = "Polyak, Some methods of speeding up the convergence of iteration methods, 1964")
final class SgdOptimizer implements Optimizer {

  private static final String VELOCITY = "velocity";

  /** The defaults describe plain gradient descent. */
  record Options(
      @Description("the learning rate") @DefaultValue("0.1") @Positive double rate,
      @Description("the share of its velocity that a parameter keeps; 0 for plain descent")
          @DefaultValue("0")
          @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double momentum,
      @Description("the multiple of the parameter that is added to its gradient")
          @DefaultValue("0")
          @PositiveOrZero double weightDecay,
      @Description("how the learning rate falls to zero: constant (it does not), linear or cosine")
          @DefaultValue("constant")
          LearningRateDecay decay,
      @Description("the final share of the training over which the learning rate falls")
          @DefaultValue("1")
          @Positive @DecimalMax("1") double decayShare) {}

  private final Options options;
  private final OptimizerKernel kernel;

  @Inject
  SgdOptimizer(Options options) {
    this.options = options;
    kernel = new OptimizerKernel(source(options));
  }

  @Override
  public List<String> slots() {
    return options.momentum() == 0 ? List.of() : List.of(VELOCITY);
  }

  @Override
  public void update(ParameterUpdate update) {
    double rate = options.rate() * options.decay().factor(update.progress(), options.decayShare());
    kernel.update(update, rate, slots().stream().map(update.slots()::get).toList());
  }

  private static String source(Options options) {
    return Kernel.readSource(
            SgdOptimizer.class,
            options.momentum() == 0 ? "sgd.torchscript" : "momentum.torchscript")
        .replace("WEIGHT_DECAY", Double.toString(options.weightDecay()))
        .replace("MOMENTUM", Double.toString(options.momentum()));
  }
}
