package org.gantry.plugin.weightclipping;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.regularizer.Regularizer;

/**
 * Clips every trainable value of a critic after each of its updates. This bounds the slope of the
 * critic, although crudely.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "weight-clipping",
    summary = "Weight clipping of the critic after each update, as in the first WGAN",
    paper = "arXiv:1701.07875, algorithm 1")
final class WeightClipping implements Regularizer {

  /** The default limit is that of the paper. */
  record Options(
      @Description("the largest absolute value of a weight") @DefaultValue("0.01") @Positive double limit,
      @Description("the roles of the networks to clip; empty for all discriminators")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  WeightClipping(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.DISCRIMINATOR);
    networks.forEach(n -> n.afterUpdate("weight-clipping", new WeightClip(options.limit())));
  }
}
