package org.gantry.plugin.plugandplay;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingRequest;

/**
 * Samples of a class by chains of codes, from the generator of {@code plug-and-play} and a
 * classifier:
 *
 * <pre>
 * h' = h + ε₁ (E(G(h)) − h) + ε₂ ∂ log p(c | G(h)) / ∂h + ε₃ n.
 * </pre>
 *
 * <p>Without {@code normalised}, the weights multiply the plain gradients, as in the paper. The
 * sampler that the authors published is {@code normalised} and {@code truncated}, and its weights
 * are 1e-5, 1 and 1e-17. The defaults are those that suit small networks on digits.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "ppgn",
    summary = "Samples of a class, by chains of codes that follow a prior and a classifier",
    paper = "arXiv:1612.00005, section 3.4 and equation 5")
final class PpgnSampler implements Sampler {

  record Options(
      @Description("the weight of the prior, epsilon 1: how strongly codes become likely ones")
          @DefaultValue("0.01")
          @PositiveOrZero double prior,
      @Description("the weight of the condition, epsilon 2: how strongly samples reach their class")
          @DefaultValue("1")
          @PositiveOrZero double condition,
      @Description("the standard deviation of the noise, epsilon 3")
          @DefaultValue("1e-15")
          @PositiveOrZero double noise,
      @Description(ChainOptions.STEPS) @DefaultValue("200") @PositiveOrZero int steps,
      @Description(ChainOptions.RATE) @DefaultValue("1") @Positive double rate,
      @Description(ChainOptions.RANGE) @DefaultValue("[0, 30]") List<Double> range,
      @Description(ChainOptions.OBJECTIVE) @DefaultValue("log-probability")
          ClassObjective objective,
      @Description(ChainOptions.NORMALISED) @DefaultValue("false") boolean normalised,
      @Description(ChainOptions.EVERY) @DefaultValue("0") @PositiveOrZero int every) {}

  private final CodeChains chains;

  @Inject
  PpgnSampler(Options options) {
    chains =
        new CodeChains(
            new ChainStep(
                options.prior(),
                options.condition(),
                options.noise(),
                options.rate(),
                options.normalised(),
                ChainOptions.range(options.range())),
            CodePrior.RECONSTRUCTION,
            options.objective(),
            options.steps(),
            options.every());
  }

  @Override
  public NDArray sample(SamplingRequest request) {
    return chains.sample(request);
  }

  @Override
  public int rowLength() {
    return ChainOptions.rowLength(chains);
  }
}
