package org.gantry.plugin.conditional;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.ComponentValue;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.layers.Activation;

/**
 * A label or a text as a normal distribution. A linear layer over another condition gives the mean
 * at the port {@code condition} and the logarithm of the standard deviation at the port {@code
 * log-deviation}, both of shape (batch, size). The regularizer {@code conditioning-augmentation}
 * draws from the distribution; without it, networks see the mean.
 *
 * <p>In the authors' code an activation follows, which makes negative logarithms five times
 * smaller, so that the deviation hardly falls below 1. The paper shows the layer alone.
 */
@Component(
    kind = ComponentKind.CONDITION,
    name = "gaussian",
    summary = "A condition as the mean and the deviation of a normal distribution (StackGAN)",
    paper = "arXiv:1612.03242, section 3.2",
    takes = {"text?", "label?"},
    gives = {"condition", "log-deviation"})
final class GaussianCondition implements Architecture {

  /** The port of the logarithm of the standard deviation. */
  static final String LOG_DEVIATION = "log-deviation";

  record Options(
      @Description("the condition that the layer takes, such as bag-of-words")
          @ComponentValue(kind = ComponentKind.CONDITION, gives = "condition")
          Architecture of,
      @Description("the length of the mean; the paper has 128") @DefaultValue("128") @Positive int size,
      @Description("what follows the layer: leaky-relu as in the authors' code, or none")
          @DefaultValue("leaky-relu")
          Activation activation) {}

  private final Options options;

  @Inject
  GaussianCondition(Options options) {
    this.options = options;
  }

  @Override
  public Block build(NetworkSite site) {
    return new SequentialBlock()
        .add(options.of().build(site))
        .add(Linear.builder().setUnits(2L * options.size()).build())
        .add(options.activation().layer())
        .add(new HalvedVector());
  }
}
