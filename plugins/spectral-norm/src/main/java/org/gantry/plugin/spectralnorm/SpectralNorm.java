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
 * Divides each weight of a network by its largest singular value wherever the network uses it, so
 * that no layer stretches anything by more than a factor. Weights of convolutions are read as
 * matrices with one row for each filter, whose norm is not quite that of the convolution (section
 * 2.1; there is no better bound in the paper).
 *
 * <p>The largest singular value is followed by power iteration, once after each update. Popular
 * programs iterate in every pass of training instead, so that real and fake samples of one update
 * meet slightly different weights; here a network is the same function until it is updated. The
 * iteration starts with some rounds of its own and is part of every checkpoint. Averaged weights
 * get an iteration of their own before they are used, for their largest singular value is another.
 * The gradient takes its vectors as constants, as in the paper's equation 10.
 *
 * <p>With a norm of 1 a score cannot rise by more than 1 over a distance of 1 (activations given
 * that do not stretch). Data finer than that, such as points of deviation 0.02, need more.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "spectral-norm",
    summary = "Bounds by how much each layer of the discriminator stretches what it is given",
    paper = "arXiv:1802.05957, section 2 and algorithm 1")
final class SpectralNorm implements Regularizer {

  private static final String NAME = "spectral-norm";

  /** The defaults are the paper's. */
  record Options(
      @Description("the largest singular value of each weight") @DefaultValue("1") @Positive
          double norm,
      @Description("power iterations after each update") @DefaultValue("1") @Positive
          int iterations,
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
