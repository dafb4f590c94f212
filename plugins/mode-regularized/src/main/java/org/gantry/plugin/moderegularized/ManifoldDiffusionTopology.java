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
 * The Manifold-Diffusion GAN: reconstructions G(E(x)) are the bridge between the data and what the
 * generator makes of noise. In the manifold game the discriminator D₁ tells x from G(E(x)), which
 * brings the generator's manifold to the data's; in the diffusion game D₂ tells G(E(x)), now as the
 * real sample, from G(z), which spreads the generator's mass along that manifold. Under the
 * non-saturating loss the players minimise
 *
 * <pre>
 * L_D₁ = −E_x[log D₁(x)] − E_x[log(1 − D₁(G(E(x))))]
 * L_D₂ = −E_x[log D₂(G(E(x)))] − E_z[log(1 − D₂(G(z)))]
 * L_E  = E_x[d(x, G(E(x))) − λ log D₁(G(E(x)))]
 * L_G  = E_x[d(x, G(E(x))) − λ log D₁(G(E(x)))] − E_z[log D₂(G(z))]
 * </pre>
 *
 * <p>and under another loss what that loss asks of the two sides. The diffusion game never moves
 * the encoder. Where it says that the generator alone moves in the manifold game, the encoder moves
 * with it, since nothing else would ever train it.
 *
 * <p>Where the paper updates the generator twice, after each game, here one update follows the sum.
 * Two updates by Adam are as long as each other however small one game's gradients are; in a sum
 * the smaller are lost, and so the manifold game is given weight here: 400 for a distance that is a
 * mean over the values of a sample, which is no more than 0.2 for their sum where there are two
 * thousand, and 1 for λ. With 1 and the paper's 0.01, three coloured digits end in a single mode;
 * for points, use the sum, a weight of about 2, and λ = 0.05.
 */
@Component(
    kind = TOPOLOGY,
    name = "manifold-diffusion",
    summary = "Reconstructions bridge data and samples, in two games with a discriminator each",
    paper = "arXiv:1612.02136, section 3.3 and appendix A")
final class ManifoldDiffusionTopology implements Topology {

  /** What can be set. */
  record Options(
      @Description("how much the distance between samples and their reconstructions counts")
          @DefaultValue("400")
          @PositiveOrZero
          double reconstruction,
      @Description("how much it counts that reconstructions look real: the paper's lambda")
          @DefaultValue("1")
          @PositiveOrZero
          double manifold,
      @Description(
              "the distance: l1, l2 (squared), or features (l2 of the manifold discriminator's)")
          @DefaultValue("l2")
          ReconstructionDistance distance,
      @Description("whether a distance is the mean over a sample's values, not their sum")
          @DefaultValue("true")
          boolean average,
      @Description(
              "whether the diffusion game reconstructs real samples of its own, as in the paper")
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
    ReconstructionNetworks makers = ReconstructionNetworks.of(graph, real, latent);
    Network manifold =
        graph.network("manifold-discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Network diffusion =
        graph.network("diffusion-discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);

    Signal bridge = makers.reconstruct(real);
    graph.pair(
        "manifold",
        manifold,
        Example.of(real),
        new FakeExample(Example.of(bridge), makers.players(), 1, options.manifold()));
    Signal distance = options.distance().distance(graph, manifold, real, bridge, options.average());
    makers
        .players()
        .forEach(m -> graph.minimise(m, "reconstruction", options.reconstruction(), distance));

    Signal start =
        options.fresh() ? makers.reconstruct(graph.real(DatasetField.IMAGE, "diffusion")) : bridge;
    Signal fake = makers.generate(latent);
    graph.pair(
        "diffusion",
        diffusion,
        Example.of(start),
        FakeExample.of(fake, makers.generator().player()));
  }
}
