package org.gantry.plugin.domaintransfer;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotEmpty;
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
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.loss.ScoreLoss;
import org.gantry.topology.Topology;

/**
 * Domain transfer: samples of the first data set, the source, are drawn as samples of the second,
 * the target. The generator makes them of features f(x), and f should see the same in both,
 *
 * <pre>
 * L_G = L_game + α E_s[(f(x) − f(G(f(x))))²] + β E_t[(x − G(f(x)))²],
 * </pre>
 *
 * <p>where squares are means over features and over pixels. The discriminator tells three classes
 * apart: transfers of the source, reconstructions of the target and real samples of the target. Its
 * score is the logit of the third class against the other two together. So under the loss {@code
 * non-saturating} the game, with the term {@code origin}, is that of the paper.
 *
 * <p>In the paper f is a classifier that was trained on the source before. Here the role {@code
 * feature-encoder} learns labels of the source during the game, or it is a frozen network with
 * {@code from:} and {@code freeze: true}. A tangent bounds its code.
 */
@Component(
    kind = TOPOLOGY,
    name = "domain-transfer",
    summary = "Draws samples of one data set as those of another, by features that stay the same",
    paper = "arXiv:1611.02200, section 3")
final class DomainTransferTopology implements Topology {

  private static final String IMAGE = DatasetField.IMAGE;
  private static final String CODE = "latent";
  private static final String ORIGIN = "origin";

  /** The defaults are those of the paper's digits. */
  record Options(
      @Description(
              "the weight of the distance between features of a source sample and its transfer")
          @DefaultValue("15")
          @PositiveOrZero double constancy,
      @Description("the weight of the distance between a target sample and its reconstruction")
          @DefaultValue("15")
          @PositiveOrZero double identity,
      @Description("the weight of the adversarial terms of the generator")
          @DefaultValue("1")
          @PositiveOrZero double adversarial,
      @Description("the labels of the source that the features learn")
          @DefaultValue("[" + DatasetField.LABEL + "]")
          @NotEmpty List<String> labels,
      @Description(
              "whether the features learn the labels of the target, too; without them, they can see"
                  + " nothing in a target that looks quite different")
          @DefaultValue("false")
          boolean labelledTarget) {}

  private final Options options;

  @Inject
  DomainTransferTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    List<String> domains = graph.draws();
    if (domains.size() != 2) {
      throw new UnusableComponentException(
          "it needs two data sets, as in data: {photos: {...}, drawings: {...}}, not %d"
              .formatted(domains.size()));
    }
    Signal source = graph.real(IMAGE, domains.get(0));
    Signal target = graph.real(IMAGE, domains.get(1));
    if (!source.shape().equals(target.shape())) {
      throw new UnusableComponentException(
          "it needs images of one shape in both data sets, not %s and %s"
              .formatted(source.shape(), target.shape()));
    }
    Network features =
        graph
            .network("feature-encoder", ENCODER)
            .takes(IMAGE, source)
            .gives(CODE, graph.latent(CODE));
    Signal code = code(graph, features, source);
    Signal targetCode = code(graph, features, target);
    if (!features.isFrozen()) {
      LabelHead head = LabelHead.declare(graph, features, code, domains.get(0), options.labels());
      head.learn(graph, "classification", code, domains.get(0));
      if (options.labelledTarget()) {
        head.learn(graph, "target-classification", targetCode, domains.get(1));
      }
    }
    Network generator =
        graph.network("generator", GENERATOR).takes(CODE, code).gives(IMAGE, target);
    Signal transfer = generator.apply(code).get(IMAGE);
    Signal reconstruction = generator.apply(targetCode).get(IMAGE);
    play(graph, generator, target, transfer, reconstruction);
    if (options.constancy() > 0) {
      Signal change = meanSquare(graph, "constancy", code(graph, features, transfer), code);
      graph.minimise(generator.player(), "constancy", options.constancy(), change);
    }
    if (options.identity() > 0) {
      Signal error = meanSquare(graph, "identity", reconstruction, target);
      graph.minimise(generator.player(), "identity", options.identity(), error);
    }
    stateUse(graph, domains, transfer);
  }

  private static Signal code(Graph graph, Network features, Signal image) {
    return graph.map("code", NDArray::tanh, features.apply(image).get(CODE));
  }

  /** The discriminator's game against both kinds of fakes. */
  private void play(
      Graph graph, Network generator, Signal target, Signal transfer, Signal reconstruction) {
    Network discriminator = graph.network("discriminator", DISCRIMINATOR).takes(IMAGE, target);
    discriminator.replaceHead(List.of(ScoreLoss.SCORE, ORIGIN), DomainTransferTopology::head);
    List<String> makers = List.of(generator.player());
    double weight = options.adversarial();
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(target),
        new FakeExample(Example.of(transfer), makers, 1, weight),
        new FakeExample("reconstruction", Example.of(reconstruction), makers, 1, weight));
    Signal origin =
        graph.map(
            ORIGIN,
            (transferred, reconstructed) ->
                OriginLogits.crossEntropy(transferred, 0)
                    .add(OriginLogits.crossEntropy(reconstructed, 1)),
            discriminator.apply(transfer).get(ORIGIN),
            discriminator.apply(reconstruction).get(ORIGIN));
    graph.minimise(discriminator.player(), ORIGIN, 1, origin);
  }

  /**
   * Maps features to a score of shape (batch, 1), and to the logits of both kinds of fakes against
   * real samples, shape (batch, 2).
   */
  private static Block head() {
    Block logits =
        new SequentialBlock()
            .add(new Flatten())
            .add(Linear.builder().setUnits(OriginLogits.KINDS).build());
    return new HeadedNetwork(logits, OriginLogits.score());
  }

  private static Signal meanSquare(Graph graph, String name, Signal first, Signal second) {
    return graph.map(name, (a, b) -> a.sub(b).square().mean(), first, second);
  }

  /** If the source knows the right target image as a field, metrics compare transfers with it. */
  private static void stateUse(Graph graph, List<String> domains, Signal transfer) {
    String name = "to-" + domains.get(1);
    if (graph.dataset(domains.get(0)).field(domains.get(1)).isPresent()) {
      graph.use(name, transfer, graph.real(domains.get(1), domains.get(0)));
    } else {
      graph.use(name, transfer);
    }
  }
}
