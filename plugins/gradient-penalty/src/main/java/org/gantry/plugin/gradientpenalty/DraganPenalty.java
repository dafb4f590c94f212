package org.gantry.plugin.gradientpenalty;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Example;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;

/**
 * The DRAGAN penalty. It holds the norm of the score's gradient near a target in the neighbourhood
 * of real samples. Two kinds of neighbours are in use. The authors' code moves a random share of
 * the way to a sample plus non-negative uniform noise. The paper adds normal noise.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "dragan",
    summary =
        "DRAGAN: holds the gradient norm of the discriminator near 1 around real" + " samples",
    paper = "arXiv:1705.07215")
final class DraganPenalty implements Regularizer {

  private static final String NAME = "dragan";

  /** The noise that gives the neighbours of a real sample. */
  enum NoiseKind {
    /** Noise in [0, 1) times the scale, and a random share of the way there. */
    UNIFORM,
    /** Normal noise with the scale as its standard deviation. */
    NORMAL
  }

  /** The defaults are those of the authors' code. */
  record Options(
      @Description("the weight of the penalty") @DefaultValue("10") @PositiveOrZero double weight,
      @Description("the gradient norm without a penalty") @DefaultValue("1") @PositiveOrZero double target,
      @Description("whether norms below the target have no penalty") @DefaultValue("false")
          boolean oneSided,
      @Description("uniform, as in the authors' code, or normal, as in the paper")
          @DefaultValue("uniform")
          NoiseKind noise,
      @Description("the size of the noise, in standard deviations of all values of the batch")
          @DefaultValue("0.5")
          @Positive double scale,
      @Description("the roles of the discriminators to penalise; empty for all") @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  DraganPenalty(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    for (AdversarialPair pair : graph.pairs(options.networks())) {
      List<Integer> ports = InputGradientNorm.comparedPorts(pair.real(), pair.fakes());
      Example around =
          options.noise() == NoiseKind.UNIFORM
              ? uniformNeighbours(graph, pair, ports)
              : normalNeighbours(graph, pair.real(), ports);
      Signal penalty =
          InputGradientNorm.penalty(
              graph,
              NAME,
              pair.discriminator(),
              around,
              ports,
              squared ->
                  InputGradientNorm.meanSquaredDeviation(
                      squared, options.target(), options.oneSided()));
      graph.minimise(pair.discriminator().player(), NAME, options.weight(), penalty);
    }
  }

  private Example uniformNeighbours(Graph graph, AdversarialPair pair, List<Integer> ports) {
    Example real = pair.real();
    Signal share = InputGradientNorm.uniformPerScore(graph, NAME + "-share", pair.discriminator());
    return InputGradientNorm.replaceSignals(
        real,
        ports,
        i ->
            graph.combine(
                "around",
                v ->
                    perturbed(
                        v.get(0),
                        v.get(1).mul(InputGradientNorm.perSample(v.get(2), v.get(1))),
                        options.scale()),
                real.signals().get(i),
                graph.uniform(NAME + "-noise", real.signals().get(i).shape()),
                share));
  }

  private Example normalNeighbours(Graph graph, Example real, List<Integer> ports) {
    return InputGradientNorm.replaceSignals(
        real,
        ports,
        i ->
            graph.combine(
                "around",
                v -> perturbed(v.get(0), v.get(1), options.scale()),
                real.signals().get(i),
                graph.normal(NAME + "-noise", real.signals().get(i).shape())));
  }

  /**
   * Adds noise in proportion to the standard deviation of the batch.
   *
   * @param real shape (batch, ...)
   * @param noise the same shape
   * @param scale the unit of the noise, in standard deviations of all values of the batch
   */
  static NDArray perturbed(NDArray real, NDArray noise, double scale) {
    NDArray deviation = real.sub(real.mean()).square().mean().sqrt();
    return real.add(noise.mul(deviation).mul(scale));
  }
}
