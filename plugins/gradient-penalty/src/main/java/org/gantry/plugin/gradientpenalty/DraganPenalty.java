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
 * Holds the norm of the score's gradient near a target in the surroundings of real samples. Two
 * kinds of surroundings are in use: the authors' program goes a random share of the way to a sample
 * with uniform noise on it, which is never negative; the paper adds normal noise.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "dragan",
    summary = "Holds the discriminator's slope around real samples near 1",
    paper = "arXiv:1705.07215")
final class DraganPenalty implements Regularizer {

  private static final String NAME = "dragan";

  /** How to leave a real sample. */
  enum NoiseKind {
    /** Noise of [0, 1) times the scale, and a random share of the way there. */
    UNIFORM,
    /** Normal noise with the scale as its standard deviation. */
    NORMAL
  }

  /** The defaults are those of the authors' program. */
  record Options(
      @Description("how much the penalty counts") @DefaultValue("10") @PositiveOrZero double weight,
      @Description("the norm of the gradient that costs nothing") @DefaultValue("1") @PositiveOrZero
          double target,
      @Description("whether smaller norms cost nothing either") @DefaultValue("false")
          boolean oneSided,
      @Description("uniform, as the authors' program has it, or normal, as the paper says")
          @DefaultValue("uniform")
          NoiseKind noise,
      @Description("the size of the noise, in standard deviations of the batch's numbers")
          @DefaultValue("0.5")
          @Positive
          double scale,
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
   * Samples plus noise in proportion to how much their numbers vary.
   *
   * @param real shape (batch, ...)
   * @param noise the same shape
   * @param scale the noise's unit, in standard deviations of all numbers of the batch
   */
  static NDArray perturbed(NDArray real, NDArray noise, double scale) {
    NDArray deviation = real.sub(real.mean()).square().mean().sqrt();
    return real.add(noise.mul(deviation).mul(scale));
  }
}
