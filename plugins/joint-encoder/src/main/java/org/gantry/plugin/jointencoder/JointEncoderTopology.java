package org.gantry.plugin.jointencoder;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * Learned inference, as in BiGAN and ALI: the discriminator looks at a sample and a code together
 * and tells (x, E(x)), an encoded real sample, from (G(z), z), a decoded code. Where it cannot, the
 * deterministic encoder E inverts the generator G. Under the non-saturating loss
 *
 * <pre>
 * L_D = −E_x[log D(x, E(x))] − E_z[log(1 − D(G(z), z))]
 * L_E = −E_x[log(1 − D(x, E(x)))]
 * L_G = −E_z[log D(G(z), z)]
 * </pre>
 *
 * <p>The encoder makes a part of what the discriminator calls real, and wants it to pass as fake;
 * any loss that says what such a maker minimises fits.
 *
 * <p>BiGAN's encoder gives the same code for the same sample. With {@code stochastic} it is ALI's:
 * the network gives a mean and the logarithm of a standard deviation for each value of a code, one
 * after the other along the code's first axis, and codes are drawn from that normal distribution.
 *
 * <p>With {@code code-reconstruction} the generator and the encoder also minimise
 *
 * <pre>
 * L_R = E_z[‖z − E(G(z))‖²]
 * </pre>
 *
 * <p>the sum over a code's numbers, of means where codes are drawn. Codes that end in the same
 * sample cannot be told apart any more, so a generator that loses modes pays for it. VEEGAN has its
 * encoder learn from that alone: {@code code-reconstruction: 1} and {@code encoder-plays: false}.
 * It calls fake what is called real here and the other way around, which under a symmetric loss is
 * the same game. Its generator minimises the mean of the negated score, as under {@code hinge}, its
 * discriminator the cross entropy of {@code non-saturating}.
 */
@Component(
    kind = TOPOLOGY,
    name = "joint-encoder",
    summary =
        "One discriminator judges samples together with their codes, as in BiGAN, ALI and VEEGAN",
    paper =
        "arXiv:1605.09782, section 3; arXiv:1606.00704, section 2;"
            + " arXiv:1705.07761, algorithm 1")
final class JointEncoderTopology implements Topology {

  /** What can be set. */
  record Options(
      @Description(
              "whether the encoder gives means and deviations from which codes are drawn, as in"
                  + " ALI")
          @DefaultValue("false")
          boolean stochastic,
      @Description(
              "whether to report inversion, the mean squared distance of samples from what their"
                  + " codes decode to, for one more pass of the generator")
          @DefaultValue("false")
          boolean inversion,
      @Description(
              "how much the squared distance of codes from those that their samples are encoded to"
                  + " counts; 1 in VEEGAN")
          @DefaultValue("0")
          @PositiveOrZero
          double codeReconstruction,
      @Description(
              "whether the encoder wants encoded samples to pass as decoded codes; if not, as in"
                  + " VEEGAN, it learns from code-reconstruction alone")
          @DefaultValue("true")
          boolean encoderPlays) {}

  private static final String LATENT = "latent";

  private final Options options;

  @Inject
  JointEncoderTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    if (!options.encoderPlays() && options.codeReconstruction() == 0) {
      throw new UnusableComponentException(
          "an encoder that does not play learns from code-reconstruction alone, and that is 0;"
              + " set it to 1, or encoder-plays to true");
    }
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent(LATENT);
    Network generator =
        graph.network("generator", GENERATOR).takes(LATENT, latent).gives(DatasetField.IMAGE, real);
    Network encoder =
        graph
            .network("encoder", ENCODER)
            .takes(DatasetField.IMAGE, real)
            .gives(LATENT, options.stochastic() ? moments(graph, latent) : latent);
    Network discriminator =
        graph
            .network("discriminator", DISCRIMINATOR)
            .takes(DatasetField.IMAGE, real)
            .takes(LATENT, latent);

    Signal encoded = encoder.apply(real).get(LATENT);
    Signal code = options.stochastic() ? sampleCodes(graph, encoded, latent) : encoded;
    Signal fake = generator.apply(latent).get(DatasetField.IMAGE);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real, code),
        options.encoderPlays() ? List.of(encoder.player()) : List.of(),
        new FakeExample(Example.of(fake, latent), List.of(generator.player()), 1, 1));
    if (options.codeReconstruction() > 0) {
      Signal back = means(graph, encoder.apply(fake).get(LATENT));
      Signal distance =
          graph.map("code-reconstruction", JointEncoderTopology::squaredDistance, latent, back);
      for (Network network : List.of(generator, encoder)) {
        graph.minimise(
            network.player(), "code-reconstruction", options.codeReconstruction(), distance);
      }
    }
    if (options.inversion()) {
      Signal back = generator.apply(means(graph, encoded)).get(DatasetField.IMAGE);
      graph.watch(
          "inversion", graph.map("inversion", (x, y) -> x.sub(y).square().mean(), real, back));
    }
  }

  /** What the encoder gives, without deviations if it gives any. */
  private Signal means(Graph graph, Signal encoded) {
    return options.stochastic() ? graph.map("mean", JointEncoderTopology::mean, encoded) : encoded;
  }

  /** A signal of the shape that means and deviations of codes have. */
  private static Signal moments(Graph graph, Signal latent) {
    return graph.map("moments", z -> z.concat(z, 1), latent);
  }

  private static Signal sampleCodes(Graph graph, Signal moments, Signal latent) {
    return graph.map(
        "draw", JointEncoderTopology::sampleCodes, moments, graph.normal("code", latent.shape()));
  }

  /**
   * The squared Euclidean distance of codes, on the mean over a batch.
   *
   * @param codes shape (batch, ...)
   * @param back the same shape
   * @return a scalar
   */
  static NDArray squaredDistance(NDArray codes, NDArray back) {
    return codes.sub(back).square().reshape(codes.getShape().get(0), -1).sum(new int[] {1}).mean();
  }

  /**
   * The first half along axis 1.
   *
   * @param moments shape (batch, 2 n, ...)
   * @return shape (batch, n, ...)
   */
  static NDArray mean(NDArray moments) {
    return moments.split(2, 1).get(0);
  }

  /**
   * Codes from their distributions: mean + exp(logarithm of deviation) times noise.
   *
   * @param moments means, then logarithms of standard deviations, shape (batch, 2 n, ...)
   * @param noise standard normal, shape (batch, n, ...)
   * @return shape (batch, n, ...)
   */
  static NDArray sampleCodes(NDArray moments, NDArray noise) {
    NDList halves = moments.split(2, 1);
    return halves.get(0).add(halves.get(1).exp().mul(noise));
  }
}
