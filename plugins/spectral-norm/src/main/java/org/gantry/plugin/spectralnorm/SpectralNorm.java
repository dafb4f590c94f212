package org.gantry.plugin.spectralnorm;

import ai.djl.nn.Block;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
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
 * Spectral normalisation. It divides each weight of a network by its largest singular value, so no
 * layer stretches its input by more than a factor. A convolution is read as a matrix with one row
 * per filter. The norm of this matrix is not exactly that of the convolution (section 2.1).
 *
 * <p>Power iteration tracks the largest singular value, one iteration after each update. Popular
 * programs iterate in every pass of a training, so real and fake samples of one update see slightly
 * different weights. Here the network is one function until its next update. The iteration starts
 * with several warm-up rounds and is part of every checkpoint. Averaged weights get their own
 * iteration before they are used, because their singular values differ. Gradients treat the vectors
 * of the iteration as constants (equation 10).
 *
 * <p>With a norm of 1 and activations that do not stretch, a score changes by at most 1 over a
 * distance of 1. Finer data, such as points with a deviation of 0.02, need a larger norm.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "spectral-norm",
    summary =
        "Spectral normalisation: bounds the Lipschitz constant of each layer of the"
            + " discriminator",
    paper = "arXiv:1802.05957, section 2 and algorithm 1")
final class SpectralNorm implements Regularizer {

  private static final String NAME = "spectral-norm";

  /** The defaults are those of the paper. */
  record Options(
      @Description("the largest singular value of each weight after normalisation")
          @DefaultValue("1")
          @Positive double norm,
      @Description("power iterations after each update") @DefaultValue("1") @Positive int iterations,
      @Description("the roles of the networks to normalise; empty for all discriminators")
          @DefaultValue("[]")
          List<String> networks) {}

  private final Options options;

  @Inject
  SpectralNorm(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    List<Network> networks = graph.networks(options.networks(), ComponentKind.DISCRIMINATOR);
    networks.forEach(this::normalize);
  }

  private void normalize(Network network) {
    List<SpectralNormNetwork> wrapped = new ArrayList<>();
    network.wrap(
        block -> {
          SpectralNormNetwork normalized = normalized(block, network);
          wrapped.add(normalized);
          return normalized;
        });
    network.afterUpdate(
        NAME,
        weights -> {
          for (int i = 0; i < options.iterations(); i++) {
            wrapped.forEach(SpectralNormNetwork::iterate);
          }
        });
  }

  private SpectralNormNetwork normalized(Block block, Network network) {
    SpectralNormNetwork normalized = new SpectralNormNetwork(block, options.norm());
    if (normalized.weightCount() == 0) {
      throw new UnusableComponentException(
          "the %s has no weights to normalise".formatted(network.role()));
    }
    return normalized;
  }
}
