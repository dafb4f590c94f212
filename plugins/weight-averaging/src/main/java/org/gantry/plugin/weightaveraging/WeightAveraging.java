package org.gantry.plugin.weightaveraging;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.regularizer.Regularizer;

/**
 * An exponential moving average (EMA) of the weights for sampling and metrics, which smooths the
 * oscillation of the game. The training does not use it. The average starts at the weights and
 * follows them fast at first, so that a short training does not show its initial weights. Running
 * statistics of normalisations are computed again for the averaged weights.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "weight-averaging",
    summary = "EMA of the generator's weights, for sampling and metrics",
    paper = "arXiv:1710.10196, appendix A.1")
final class WeightAveraging implements Regularizer {

  /** The decay of the average. */
  record Options(
      @Description("the share of the average that an update keeps")
          @DefaultValue("0.999")
          @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double decay,
      @Description(
              "the number of samples after which half of the average is new; overrides decay;"
                  + " 0 to use decay")
          @DefaultValue("0")
          @PositiveOrZero double halfLife,
      @Description("the number of updates before averaging starts")
          @DefaultValue("0")
          @PositiveOrZero long start,
      @Description(
              "whether the average follows faster at first: update t keeps at most"
                  + " (1 + t) / (10 + t) of it")
          @DefaultValue("true")
          boolean ramp,
      @Description("the roles of the networks to average; empty for all generators")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  WeightAveraging(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.GENERATOR);
    double decay = decay(options, graph.batch());
    networks.forEach(
        n ->
            n.averageWeights(
                "weight-averaging",
                new ExponentialAverage(decay, options.start(), options.ramp())));
  }

  /** The share of the average that an update on a batch of this size keeps. */
  static double decay(Options options, int batch) {
    return options.halfLife() == 0 ? options.decay() : Math.pow(0.5, batch / options.halfLife());
  }
}
