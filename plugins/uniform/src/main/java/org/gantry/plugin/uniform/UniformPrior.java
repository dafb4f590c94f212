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

/** Independent coordinates, uniform in an interval. */
@Component(
    kind = ComponentKind.PRIOR,
    name = "uniform",
    summary = "Codes with independent coordinates, uniform in an interval")
final class UniformPrior implements Prior {

  /** The default interval is DCGAN's. */
  record Options(
      @Description("the length of a code") @DefaultValue("100") @Positive int size,
      @Description("the interval's lower end, which can be drawn") @DefaultValue("-1") double low,
      @Description("the interval's upper end, which cannot") @DefaultValue("1") double high) {}

  private final Options options;

  @Inject
  UniformPrior(Options options) {
    // The comparison is made as the draws are, so that an interval that floats cannot tell from a
    // point is refused too; and written so that it fails for what is not a number.
    if (!((float) options.low() < (float) options.high())
        || !Float.isFinite((float) options.low())
        || !Float.isFinite((float) options.high())) {
      throw new UnusableComponentException(
          "the prior uniform needs low < high, both finite, but low is %s and high is %s"
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
