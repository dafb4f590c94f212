package org.gantry.plugin.moderegularized;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * The regularized GAN. In addition to the game of {@code unconditional}, an encoder E maps real
 * samples to codes, and the generator G reconstructs the samples from them. So every mode of the
 * data trains the generator, even one that it never generates.
 *
 * <p>The discriminator D separates x from G(z) and does not train on G(E(x)). Under the
 * non-saturating loss the other players minimise
 *
 * <pre>
 * L_G = −E_z[log D(G(z))] + E_x[λ₁ d(x, G(E(x))) − λ₂ log D(G(E(x)))]
 * L_E =                     E_x[λ₁ d(x, G(E(x))) − λ₂ log D(G(E(x)))]
 * </pre>
 *
 * <p>and under another loss its generator term in place of −log D. λ₁ is {@code reconstruction},
 * the weight of the paper's geometric metrics regularizer. λ₂ is {@code mode}, the weight of its
 * mode regularizer.
 *
 * <p>The paper prints + λ₂ log D(G(E(x))) in a loss to minimise, which would make reconstructions
 * look fake. Its text and results imply the sign above. {@code printed-sign} uses the printed one.
 *
 * <p>For images the paper sets λ₁ to 0.2, without naming the distance. With a sum over values this
 * dominates the loss; with a mean it has almost no effect. On digits, a mean with a weight of 20
 * finds more modes than 0.2, as the experiment {@code mode-score} shows.
 */
@Component(
    kind = TOPOLOGY,
    name = "mode-regularized",
    summary =
        "Mode-regularized GAN: an encoder and reconstructions pull the generator to"
            + " every mode",
    paper = "arXiv:1612.02136, section 3.2")
final class ModeRegularizedTopology implements Topology {

  /**
   * The defaults suit images. The mode weight is that of the paper; the reconstruction weight is
   * explained above.
   */
  record Options(
      @Description(
              "the weight of the distance between samples and their reconstructions; 2 for"
                  + " points, with a sum")
          @DefaultValue("20")
          @PositiveOrZero double reconstruction,
      @Description("the weight of the adversarial term of reconstructions")
          @DefaultValue("0.4")
          @PositiveOrZero double mode,
      @Description(
              "the distance: l1, l2 (squared) or features (l2 of the discriminator's"
                  + " features)")
          @DefaultValue("l2")
          ReconstructionDistance distance,
      @Description("whether a distance is the mean over the values of a sample, not their sum")
          @DefaultValue("true")
          boolean average,
      @Description("whether to use the sign of the mode term as printed in the paper")
          @DefaultValue("false")
          boolean printedSign) {}

  private final Options options;

  @Inject
  ModeRegularizedTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    ReconstructionNetworks networks = ReconstructionNetworks.of(graph, real, latent);
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);

    Signal fake = networks.generate(latent);
    Signal reconstruction = networks.reconstruct(real);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        FakeExample.of(fake, networks.generator().player()),
        new FakeExample(
            "mode",
            Example.of(reconstruction),
            networks.players(),
            0,
            options.printedSign() ? -options.mode() : options.mode()));
    Signal distance =
        options.distance().distance(graph, discriminator, real, reconstruction, options.average());
    networks
        .players()
        .forEach(m -> graph.minimise(m, "reconstruction", options.reconstruction(), distance));
  }
}
