package org.gantry.plugin.layernoise;

import ai.djl.nn.Block;
import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.regularizer.Regularizer;

/**
 * Adds normal noise to the input of a network and of each of its later layers. Each pass of a
 * training draws new noise; a network in use has none. Standard deviations are absolute, so they
 * suit scaled inputs and normalised layers.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "layer-noise",
    summary =
        "Normal noise on the input of a network and of its later layers, in training" + " only",
    paper = "arXiv:1606.03498, released code")
final class LayerNoise implements Regularizer {

  private static final String NAME = "layer-noise";

  /** The defaults are those of the paper's MNIST discriminator. */
  record Options(
      @Description("the standard deviation of the noise on the network's first input; 0 for none")
          @DefaultValue("0.3")
          @PositiveOrZero double inputSigma,
      @Description("the standard deviation of the noise before each later layer; 0 for none")
          @DefaultValue("0.5")
          @PositiveOrZero double sigma,
      @Description("the roles of the networks that get noise; empty for all discriminators")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  LayerNoise(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.DISCRIMINATOR);
    networks.forEach(n -> n.wrap(block -> withNoise(block, n)));
  }

  private Block withNoise(Block block, Network network) {
    NoiseInserter layers =
        new NoiseInserter(options.sigma(), i -> network.randomStream(NAME + "-" + i));
    Block noisy = layers.withNoise(block);
    if (layers.layerCount() < 2 && options.inputSigma() == 0) {
      throw new UnusableComponentException(
          "the %s is not a sequence of layers, so only its input can get noise;"
                  .formatted(network.role())
              + " set input-sigma above 0");
    }
    if (layers.layerCount() < 2 && options.sigma() > 0 && NoiseInserter.hidesLayers(block)) {
      throw new UnusableComponentException(
          "another block hides the layers of the %s, so only its input can get noise;"
                  .formatted(network.role())
              + " if another regularizer wraps it, list that regularizer later, or set sigma to 0");
    }
    return options.inputSigma() == 0
        ? noisy
        : new NoisyLayer(options.inputSigma(), network.randomStream(NAME + "-0"), noisy);
  }
}
