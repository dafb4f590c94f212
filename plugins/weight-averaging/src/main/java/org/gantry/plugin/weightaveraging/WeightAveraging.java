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
 * Samples and metrics use an exponential moving average of the weights, which smooths out how the
 * game wavers from update to update. Training does not notice. The average starts at the weights;
 * running statistics of normalisations are computed anew for it.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "weight-averaging",
    summary = "Samples come from an exponential moving average of the generator's weights",
    paper = "arXiv:1710.10196, appendix A.1")
final class WeightAveraging implements Regularizer {

  /** What can be set. */
  record Options(
      @Description("how much of the average an update keeps")
          @DefaultValue("0.999")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double decay,
      @Description(
              "after how many samples half of the average is new; 0 to go by decay, otherwise this"
                  + " takes its place")
          @DefaultValue("0")
          @PositiveOrZero
          double halfLife,
      @Description("how many updates pass before averaging begins")
          @DefaultValue("0")
          @PositiveOrZero
          long start,
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
        n -> n.averageWeights("weight-averaging", new ExponentialAverage(decay, options.start())));
  }

  /** How much of the average an update on a batch of this size keeps. */
  static double decay(Options options, int batch) {
    return options.halfLife() == 0 ? options.decay() : Math.pow(0.5, batch / options.halfLife());
  }
}
