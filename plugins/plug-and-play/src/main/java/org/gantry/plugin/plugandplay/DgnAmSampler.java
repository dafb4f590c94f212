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
 * Activation maximisation with a generator: the chains of {@code ppgn} without noise, and with a
 * pull to the origin as prior,
 *
 * <pre>
 * h' = h − ε₁ h + ε₂ ∂ log p(c | G(h)) / ∂h.
 * </pre>
 *
 * <p>Nothing says which codes are likely, so chains of a class end at few samples.
 */
@Component(
    kind = ComponentKind.SAMPLER,
    name = "dgn-am",
    summary = "Samples that a classifier gives a class most surely, by chains of codes",
    paper = "arXiv:1605.09304; arXiv:1612.00005, section 3.2")
final class DgnAmSampler implements Sampler {

  record Options(
      @Description("the weight of the pull to the origin, epsilon 1")
          @DefaultValue("0.001")
          @PositiveOrZero double decay,
      @Description("the weight of the condition, epsilon 2: how strongly samples reach their class")
          @DefaultValue("1")
          @PositiveOrZero double condition,
      @Description(ChainOptions.STEPS) @DefaultValue("200") @PositiveOrZero int steps,
      @Description(ChainOptions.RATE) @DefaultValue("1") @Positive double rate,
      @Description(ChainOptions.RANGE) @DefaultValue("[0, 30]") List<Double> range,
      @Description(ChainOptions.OBJECTIVE) @DefaultValue("log-probability")
          ClassObjective objective,
      @Description(ChainOptions.NORMALISED) @DefaultValue("false") boolean normalised,
      @Description(ChainOptions.EVERY) @DefaultValue("0") @PositiveOrZero int every) {}

  private final CodeChains chains;

  @Inject
  DgnAmSampler(Options options) {
    chains =
        new CodeChains(
            new ChainStep(
                options.decay(),
                options.condition(),
                0,
                options.rate(),
                options.normalised(),
                ChainOptions.range(options.range())),
            CodePrior.ORIGIN,
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
