package org.gantry.plugin.normal;

import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.prior.Prior;

/** The standard normal distribution, with independent coordinates. */
@Component(kind = ComponentKind.PRIOR, name = "normal", summary = "Standard normal latent codes")
final class NormalPrior implements Prior {

  /** The length of a code. */
  record Options(
      @Description("the length of a latent code") @DefaultValue("100") @Positive int size) {}

  private final Options options;

  @Inject
  NormalPrior(Options options) {
    this.options = options;
  }

  @Override
  public Shape shape() {
    return new Shape(options.size());
  }

  @Override
  public void draw(RandomGenerator random, FloatBuffer into) {
    while (into.hasRemaining()) {
      into.put((float) random.nextGaussian());
    }
  }
}
