package org.gantry.plugin.adam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
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
 * Adam: with m and v the running means of the gradient and of its square, both corrected for their
 * start at zero, a parameter moves by −rate · m / (√v + epsilon).
 */
@Component(
    kind = Kind.OPTIMIZER,
    name = "adam",
    summary = "Running means of the gradient and of its square; the usual choice for GANs",
    paper = "arXiv:1412.6980, algorithm 1")
final class AdamOptimizer implements Optimizer {

  /** The defaults are those of DCGAN. */
  record Options(
      @Doc("the learning rate") @Default("2e-4") @Positive double rate,
      @Doc("how much of the gradient's running mean an update keeps")
          @Default("0.5")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double beta1,
      @Doc("how much of the squared gradient's running mean an update keeps")
          @Default("0.999")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double beta2,
      @Doc("what is added to the root, against division by zero") @Default("1e-8") @Positive
          double epsilon,
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
  AdamOptimizer(Options options) {
    this.options = options;
  }

  @Override
  public List<String> slots() {
    return List.of("m", "v");
  }

  @Override
  public void update(Update update) {
    if (kernel == null) {
      kernel = Kernel.load(update.parameters().head().getManager(), source());
    }
    NDManager manager = update.gradients().head().getManager();
    double factor = options.decay().factor(update.progress(), options.decayShare());
    try (NDArray count = manager.create((float) update.count());
        NDArray rate = manager.create(options.rate() * factor * update.scale())) {
      List<?> arguments =
          List.of(
              update.parameters(),
              update.gradients(),
              update.slots().get("m"),
              update.slots().get("v"),
              count,
              rate);
      kernel.call(manager, arguments).close();
    }
  }

  private String source() {
    return Kernel.readSource(AdamOptimizer.class, "adam.torchscript")
        .replace("BETA1", Double.toString(options.beta1()))
        .replace("BETA2", Double.toString(options.beta2()))
        .replace("EPSILON", Double.toString(options.epsilon()));
  }
}
