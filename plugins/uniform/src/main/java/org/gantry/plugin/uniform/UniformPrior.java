package org.gantry.plugin.uniform;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.prior.Prior;

/** The uniform distribution on an interval, with independent coordinates. */
@Component(kind = ComponentKind.PRIOR, name = "uniform", summary = "Uniform latent codes")
final class UniformPrior implements Prior {

  /** The default interval is that of DCGAN. */
  record Options(
      @Description("the length of a latent code") @DefaultValue("100") @Positive int size,
      @Description("the lower end of the interval, inclusive") @DefaultValue("-1") double low,
      @Description("the upper end of the interval, exclusive") @DefaultValue("1") double high) {}

  private final Options options;

  @Inject
  UniformPrior(Options options) {
    // Compares as float, like the draws, so that an interval with equal float ends is refused.
    // The negation also refuses NaN.
    if (!((float) options.low() < (float) options.high())
        || !Float.isFinite((float) options.low())
        || !Float.isFinite((float) options.high())) {
      throw new UnusableComponentException(
          "uniform needs finite low < high, but low is %s and high is %s"
              .formatted(options.low(), options.high()));
    }
    this.options = options;
  }

  @Override
  public Shape shape() {
    return new Shape(options.size());
  }

  @Override
  public void draw(RandomGenerator random, FloatBuffer into) {
    float low = (float) options.low();
    float high = (float) options.high();
    while (into.hasRemaining()) {
      into.put(random.nextFloat(low, high));
    }
  }

  @Override
  public boolean allowsLinearInterpolation() {
    return true;
  }
}
