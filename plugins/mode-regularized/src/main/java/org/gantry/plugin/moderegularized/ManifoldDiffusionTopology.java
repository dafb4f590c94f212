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
 * The manifold-diffusion GAN. Reconstructions G(E(x)) connect the data with generated samples. In
 * the manifold game the discriminator D₁ separates x from G(E(x)), which moves the generator's
 * manifold to the data. In the diffusion game D₂ separates G(E(x)), now as the real sample, from
 * G(z), which spreads the generator's mass along that manifold. Under the non-saturating loss the
 * players minimise
 *
 * <pre>
 * L_D₁ = −E_x[log D₁(x)] − E_x[log(1 − D₁(G(E(x))))]
 * L_D₂ = −E_x[log D₂(G(E(x)))] − E_z[log(1 − D₂(G(z)))]
 * L_E  = E_x[d(x, G(E(x))) − λ log D₁(G(E(x)))]
 * L_G  = E_x[d(x, G(E(x))) − λ log D₁(G(E(x)))] − E_z[log D₂(G(z))]
 * </pre>
 *
 * <p>and under another loss the corresponding terms. The diffusion game does not train the encoder.
 * The paper says that only the generator moves in the manifold game; here the encoder moves too,
 * because nothing else trains it.
 *
 * <p>The paper updates the generator twice per step, after each game; here one update follows the
 * sum. Two updates by Adam have the same size, however small the gradients of one game are. In a
 * sum, the smaller gradients have little effect, so the manifold game has larger weights here: 400
 * for a distance that is a mean over the values of a sample, which equals 0.2 for the sum over two
 * thousand values, and 1 for λ. With 1 and the paper's 0.01, three coloured digits collapse to one
 * mode. For points, use the sum, a weight of about 2, and λ = 0.05.
 */
@Component(
    kind = TOPOLOGY,
    name = "manifold-diffusion",
    summary =
        "Manifold-diffusion GAN: reconstructions connect data and samples, with two"
            + " discriminators",
    paper = "arXiv:1612.02136, section 3.3 and appendix A")
final class ManifoldDiffusionTopology implements Topology {

  /** The weights of the manifold game and its distance. */
  record Options(
      @Description("the weight of the distance between samples and their reconstructions")
          @DefaultValue("400")
          @PositiveOrZero double reconstruction,
      @Description("the weight of the adversarial term of reconstructions, lambda in the paper")
          @DefaultValue("1")
          @PositiveOrZero double manifold,
      @Description(
              "the distance: l1, l2 (squared) or features (l2 of the manifold discriminator's"
                  + " features)")
          @DefaultValue("l2")
          ReconstructionDistance distance,
      @Description("whether a distance is the mean over the values of a sample, not their sum")
          @DefaultValue("true")
          boolean average,
      @Description(
              "whether the diffusion game reconstructs a separate batch of real samples, as"
                  + " in the paper")
          @DefaultValue("true")
          boolean fresh) {}

  private final Options options;

  @Inject
  ManifoldDiffusionTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    ReconstructionNetworks networks = ReconstructionNetworks.of(graph, real, latent);
    Network manifold =
        graph.network("manifold-discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Network diffusion =
        graph.network("diffusion-discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);

    Signal bridge = networks.reconstruct(real);
    graph.pair(
        "manifold",
        manifold,
        Example.of(real),
        new FakeExample(Example.of(bridge), networks.players(), 1, options.manifold()));
    Signal distance = options.distance().distance(graph, manifold, real, bridge, options.average());
    networks
        .players()
        .forEach(m -> graph.minimise(m, "reconstruction", options.reconstruction(), distance));

    Signal start =
        options.fresh()
            ? networks.reconstruct(graph.real(DatasetField.IMAGE, "diffusion"))
            : bridge;
    Signal fake = networks.generate(latent);
    graph.pair(
        "diffusion",
        diffusion,
        Example.of(start),
        FakeExample.of(fake, networks.generator().player()));
  }
}
