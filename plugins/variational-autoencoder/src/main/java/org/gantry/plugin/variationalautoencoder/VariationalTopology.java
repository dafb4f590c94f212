package org.gantry.plugin.variationalautoencoder;

import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * The variational autoencoder. An encoder gives a normal distribution q(z|x) of codes of an image
 * x, and a generator G makes the image of a code again. One player, {@code autoencoder}, minimises
 *
 * <pre>
 * L = E_q[|x − G(z)|²] / (2 σ²) + β KL(q(z|x) ‖ N(0, 1)),
 * </pre>
 *
 * <p>where |.|² is the sum of squares over the values of an image, averaged over the batch. With β
 * = 1 it is the negative evidence lower bound, up to a constant, of images with normal noise of
 * deviation σ. The topology is not a game, so a loss adds nothing. The prior should be standard
 * normal.
 */
@Component(
    kind = TOPOLOGY,
    name = "variational-autoencoder",
    summary = "Variational autoencoder: a generator that learns without a discriminator",
    paper = "arXiv:1312.6114, sections 2.3 and 3")
final class VariationalTopology implements Topology {

  private static final String IMAGE = DatasetField.IMAGE;
  private static final String LATENT = "latent";
  private static final String PLAYER = "autoencoder";

  record Options(
      @Description("the standard deviation of the noise of images, in the scale of the data")
          @DefaultValue("0.5")
          @Positive double deviation,
      @Description("the weight of the divergence of codes from the prior, beta")
          @DefaultValue("1")
          @PositiveOrZero double divergence) {}

  private final Options options;

  @Inject
  VariationalTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal real = graph.real(IMAGE);
    Signal latent = graph.latent(LATENT);
    Network generator =
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(IMAGE, real);
    Network encoder =
        graph
            .network("encoder", ENCODER)
            .takes(IMAGE, real)
            .gives(LATENT, graph.map("moments", z -> z.concat(z, 1), latent));
    graph.assignPlayer(PLAYER, generator, encoder);
    Signal moments = encoder.apply(real).get(LATENT);
    Signal code =
        graph.map("draw", CodeMoments::draw, moments, graph.normal("code", latent.shape()));
    Signal remade = generator.apply(code).get(IMAGE);
    graph.minimise(
        PLAYER,
        "reconstruction",
        1 / (2 * options.deviation() * options.deviation()),
        graph.map("reconstruction", CodeMoments::squaredDistance, remade, real));
    graph.minimise(
        PLAYER,
        "divergence",
        options.divergence(),
        graph.map("divergence", CodeMoments::divergence, moments));
    Signal mean = graph.map("mean", CodeMoments::mean, moments);
    graph.use("generator", graph.typed(ValueType.IMAGE, generator.apply(latent).get(IMAGE)));
    graph.use("code", mean);
    graph.use(
        "reconstruction", graph.typed(ValueType.IMAGE, generator.apply(mean).get(IMAGE)), real);
  }
}
