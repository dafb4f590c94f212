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
 * The Regularized GAN: beside the game of {@code unconditional}, an encoder E takes real samples to
 * codes, and the generator G has to come back from there. Every mode of the data then pulls on the
 * generator, also one that it never visits.
 *
 * <p>The discriminator D tells x from G(z), and never sees G(E(x)) as a fake. Under the
 * non-saturating loss the makers minimise
 *
 * <pre>
 * L_G = −E_z[log D(G(z))] + E_x[λ₁ d(x, G(E(x))) − λ₂ log D(G(E(x)))]
 * L_E =                     E_x[λ₁ d(x, G(E(x))) − λ₂ log D(G(E(x)))]
 * </pre>
 *
 * <p>and under another loss, in place of −log D, what that loss has its generator minimise. λ₁ is
 * {@code reconstruction}, the weight of the paper's geometric metrics regularizer, λ₂ is {@code
 * mode}, that of its mode regularizer.
 *
 * <p>The paper prints + λ₂ log D(G(E(x))) among what is minimised, which would have the
 * reconstruction look fake; its text and its results mean the opposite, as written here. {@code
 * printed-sign} takes it by the letter.
 *
 * <p>The paper's λ₁ for pictures is 0.2, and it does not say of which distance. Of a sum over
 * values it rules the game, of a mean over them it is hardly felt: on digits a mean that counts 20
 * finds more than one that counts 0.2, as the experiment {@code mode-score} shows.
 */
@Component(
    kind = TOPOLOGY,
    name = "mode-regularized",
    summary = "An encoder and its reconstructions pull the generator towards every mode",
    paper = "arXiv:1612.02136, section 3.2")
final class ModeRegularizedTopology implements Topology {

  /** The defaults are for pictures; mode is as in the paper, reconstruction is explained above. */
  record Options(
      @Description(
              "how much the distance between samples and their reconstructions counts; 2 for"
                  + " points, with a sum")
          @DefaultValue("20")
          @PositiveOrZero
          double reconstruction,
      @Description("how much it counts that reconstructions look real")
          @DefaultValue("0.4")
          @PositiveOrZero
          double mode,
      @Description(
              "the distance: l1, l2 (squared), or features (l2 of the discriminator's features)")
          @DefaultValue("l2")
          ReconstructionDistance distance,
      @Description("whether a distance is the mean over a sample's values, not their sum")
          @DefaultValue("true")
          boolean average,
      @Description("whether reconstructions are to look fake, as the paper has it in print")
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
    ReconstructionNetworks makers = ReconstructionNetworks.of(graph, real, latent);
    Network discriminator =
        graph.network("discriminator", DISCRIMINATOR).takes(DatasetField.IMAGE, real);

    Signal fake = makers.generate(latent);
    Signal reconstruction = makers.reconstruct(real);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        FakeExample.of(fake, makers.generator().player()),
        new FakeExample(
            "mode",
            Example.of(reconstruction),
            makers.players(),
            0,
            options.printedSign() ? -options.mode() : options.mode()));
    Signal distance =
        options.distance().distance(graph, discriminator, real, reconstruction, options.average());
    makers
        .players()
        .forEach(m -> graph.minimise(m, "reconstruction", options.reconstruction(), distance));
  }
}
