package org.gantry.plugin.sgd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.Default;
import org.gantry.component.Doc;
import org.gantry.component.Kind;
import org.gantry.optimizer.Decay;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.Update;
import org.gantry.tensor.Kernel;

/**
 * Gradient descent with heavy-ball momentum: the velocity u becomes momentum · u + g, and a
 * parameter p moves by −rate · u, where g is the gradient plus weight-decay · p.
 */
@Component(
    kind = Kind.OPTIMIZER,
    name = "sgd",
    summary = "Plain gradient descent, with momentum if wanted; the optimizer of the first GANs",
    paper = "Polyak, Some methods of speeding up the convergence of iteration methods, 1964")
final class SgdOptimizer implements Optimizer {

  private static final String VELOCITY = "velocity";

  /** What can be set. */
  record Options(
      @Doc("the learning rate") @Default("0.1") @Positive double rate,
      @Doc("how much of its velocity a parameter keeps; 0 for plain descent")
          @Default("0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double momentum,
      @Doc("what is added to the gradient, as a multiple of the parameter")
          @Default("0")
          @PositiveOrZero
          double weightDecay,
      @Doc("how the rate falls to zero: constant (not at all), linear or cosine")
          @Default("constant")
          Decay decay,
      @Doc("the last share of the training, over which the rate falls")
          @Default("1")
          @Positive
          @DecimalMax("1")
          double decayShare) {}

  private final Options options;
  private Kernel kernel;

  @Inject
  SgdOptimizer(Options options) {
    this.options = options;
  }

  @Override
  public List<String> slots() {
    return options.momentum() == 0 ? List.of() : List.of(VELOCITY);
  }

  @Override
  public void update(Update update) {
    if (kernel == null) {
      kernel = Kernel.load(update.parameters().head().getManager(), source());
    }
    NDManager manager = update.gradients().head().getManager();
    double factor = options.decay().factor(update.progress(), options.decayShare());
    try (NDArray rate = manager.create(options.rate() * factor * update.scale())) {
      List<?> arguments =
          options.momentum() == 0
              ? List.of(update.parameters(), update.gradients(), rate)
              : List.of(
                  update.parameters(), update.gradients(), update.slots().get(VELOCITY), rate);
      kernel.call(manager, arguments).close();
    }
  }

  private String source() {
    return Kernel.readSource(
            SgdOptimizer.class,
            options.momentum() == 0 ? "sgd.torchscript" : "momentum.torchscript")
        .replace("WEIGHT_DECAY", Double.toString(options.weightDecay()))
        .replace("MOMENTUM", Double.toString(options.momentum()));
  }
}
