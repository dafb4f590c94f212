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
 * Learned inference, as in BiGAN and ALI. The discriminator sees a sample and a code together. It
 * separates (x, E(x)), an encoded real sample, from (G(z), z), a decoded code. Where it cannot, the
 * deterministic encoder E inverts the generator G. Under the non-saturating loss the players
 * minimise
 *
 * <pre>
 * L_D = −E_x[log D(x, E(x))] − E_z[log(1 − D(G(z), z))]
 * L_E = −E_x[log(1 − D(x, E(x)))]
 * L_G = −E_z[log D(G(z), z)]
 * </pre>
 *
 * <p>The encoder makes a part of the real example and tries to make it pass as fake. Any loss with
 * a term for such a player is suitable.
 *
 * <p>BiGAN's encoder is deterministic. With {@code stochastic} it is that of ALI: the network
 * outputs a mean and the logarithm of a standard deviation for each value of a code, concatenated
 * along the first axis of the code. Codes are sampled from that normal distribution.
 *
 * <p>With {@code code-reconstruction} the generator and the encoder also minimise
 *
 * <pre>
 * L_R = E_z[‖z − E(G(z))‖²]
 * </pre>
 *
 * <p>the sum over the values of a code; stochastic encoders use their means. Codes that map to the
 * same sample cannot be reconstructed, so the term penalises lost modes. In VEEGAN the encoder
 * learns from this term alone: {@code code-reconstruction: 1} and {@code encoder-plays: false}.
 * VEEGAN also exchanges real and fake, which does not matter under a symmetric loss. Its generator
 * minimises the mean of the negated score, as under {@code hinge}; its discriminator minimises the
 * cross entropy of {@code non-saturating}.
 */
@Component(
    kind = TOPOLOGY,
    name = "joint-encoder",
    summary =
        "BiGAN, ALI and VEEGAN: one discriminator of samples together with their latent" + " codes",
    paper =
        "arXiv:1605.09782, section 3; arXiv:1606.00704, section 2;"
            + " arXiv:1705.07761, algorithm 1")
final class JointEncoderTopology implements Topology {

  /** The variants of the encoder and its terms. */
  record Options(
      @Description("whether the encoder outputs means and standard deviations of codes, as in ALI")
          @DefaultValue("false")
          boolean stochastic,
      @Description(
              "whether to report inversion, the mean squared error of G(E(x)), for one more"
                  + " pass of the generator")
          @DefaultValue("false")
          boolean inversion,
      @Description(
              "the weight of the squared distance between codes and their reconstructions; 1"
                  + " in VEEGAN")
          @DefaultValue("0")
          @PositiveOrZero double codeReconstruction,
      @Description(
              "whether the encoder has an adversarial term; if not, as in VEEGAN, it learns"
                  + " from code-reconstruction alone")
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
          "with encoder-plays: false the encoder learns from code-reconstruction alone, which is 0;"
              + " set code-reconstruction to 1, or encoder-plays to true");
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

  /** The encoder output without its deviations. */
  private Signal means(Graph graph, Signal encoded) {
    return options.stochastic() ? graph.map("mean", JointEncoderTopology::mean, encoded) : encoded;
  }

  /** A signal of the shape of means and deviations. */
  private static Signal moments(Graph graph, Signal latent) {
    return graph.map("moments", z -> z.concat(z, 1), latent);
  }

  private static Signal sampleCodes(Graph graph, Signal moments, Signal latent) {
    return graph.map(
        "draw", JointEncoderTopology::sampleCodes, moments, graph.normal("code", latent.shape()));
  }

  /**
   * The squared Euclidean distance between codes, averaged over the batch.
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
   * Samples codes: mean + exp(log deviation) times noise.
   *
   * @param moments means and then logarithms of standard deviations, shape (batch, 2 n, ...)
   * @param noise standard normal, shape (batch, n, ...)
   * @return shape (batch, n, ...)
   */
  static NDArray sampleCodes(NDArray moments, NDArray noise) {
    NDList halves = moments.split(2, 1);
    return halves.get(0).add(halves.get(1).exp().mul(noise));
  }
}
