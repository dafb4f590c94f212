package org.gantry.plugin.plugandplay;

import static org.gantry.component.ComponentKind.DISCRIMINATOR;
import static org.gantry.component.ComponentKind.ENCODER;
import static org.gantry.component.ComponentKind.GENERATOR;
import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.topology.Topology;

/**
 * The training of a joint PPGN-h: a generator G that inverts the frozen encoder E of a classifier.
 * With h = E(x), the generator minimises
 *
 * <pre>
 * L_G = w_x |G(h) − x|² + w_1 |E₁(G(h)) − E₁(x)|² + w_h |E(G(h)) − h|² + w_a L_game(G(h)),
 * </pre>
 *
 * <p>where |.|² is the sum of squares over the values of a sample, averaged over the batch, and E₁
 * are hidden features of the encoder. The discriminator separates x from G(h). Together, E and G
 * are a denoising auto-encoder of codes, whose step E(G(h)) − h leads to likely codes. The sampler
 * {@code ppgn} follows it. Gaussian noise on x and on h is optional; without noise this is the
 * noiseless joint PPGN-h.
 *
 * <p>The networks of the classifier come from a stage or a run of the topology {@code classifier}.
 * They stay as they are. {@code separate-classifier} adds the role {@code classifier}, which maps
 * an image to logits. The sampler then asks that network for the class. It can be a TorchScript
 * file.
 */
@Component(
    kind = TOPOLOGY,
    name = "plug-and-play",
    summary = "A generator that inverts a trained classifier, for the samplers ppgn and dgn-am",
    paper = "arXiv:1612.00005, section 3.4")
final class PlugAndPlayTopology implements Topology {

  private static final String IMAGE = DatasetField.IMAGE;
  private static final String FEATURES = "features";

  /** The defaults suit images of some hundred values in [-1, 1]. */
  record Options(
      @Description("the weight of the squared distance between images and their reconstructions")
          @DefaultValue("0.25")
          @PositiveOrZero double image,
      @Description(
              "the weight of the squared distance between hidden features of the encoder, which"
                  + " then has to give features")
          @DefaultValue("0")
          @PositiveOrZero double hidden,
      @Description("the weight of the squared distance between the codes of both")
          @DefaultValue("0.1")
          @PositiveOrZero double code,
      @Description("the weight of the adversarial term of the generator")
          @DefaultValue("1.5")
          @PositiveOrZero double adversarial,
      @Description("the standard deviation of the noise on images that are encoded")
          @DefaultValue("0")
          @PositiveOrZero double imageNoise,
      @Description("the standard deviation of the noise on codes that are decoded")
          @DefaultValue("0")
          @PositiveOrZero double codeNoise,
      @Description("whether samplers ask the role classifier for the class of an image")
          @DefaultValue("false")
          boolean separateClassifier,
      @Description("the label that samples are made for") @DefaultValue(DatasetField.LABEL)
          String label) {}

  private final Options options;

  @Inject
  PlugAndPlayTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal labels = ClassifierNetworks.labels(graph, options.label());
    Signal real = graph.real(IMAGE);
    Signal latent = graph.latent(ClassifierNetworks.CODE);
    ClassifierNetworks known = ClassifierNetworks.declare(graph, latent, labels);
    known.encoder().freeze();
    known.head().freeze();
    Signal code = known.code(real);
    Network generator =
        graph
            .network("generator", GENERATOR)
            .takes(ClassifierNetworks.CODE, latent)
            .gives(IMAGE, real);
    Signal inverted =
        generator
            .apply(
                disturbed(
                    graph,
                    "code-noise",
                    options.codeNoise(),
                    known.code(disturbed(graph, "image-noise", options.imageNoise(), real))))
            .get(IMAGE);
    play(graph, generator, real, inverted);
    keep(graph, generator, "image", options.image(), inverted, real);
    if (options.hidden() > 0) {
      keep(
          graph,
          generator,
          "hidden",
          options.hidden(),
          known.encoder().apply(inverted).get(FEATURES),
          known.encoder().apply(real).get(FEATURES));
    }
    keep(graph, generator, "code", options.code(), known.code(inverted), code);
    stateUses(graph, generator, latent, code, classes(graph, known, code));
  }

  private void play(Graph graph, Network generator, Signal real, Signal inverted) {
    Network discriminator = graph.network("discriminator", DISCRIMINATOR).takes(IMAGE, real);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        new FakeExample(
            Example.of(inverted), List.of(generator.player()), 1, options.adversarial()));
  }

  private static Signal disturbed(Graph graph, String name, double deviation, Signal signal) {
    if (deviation == 0) {
      return signal;
    }
    Signal noise = graph.normal(name, signal.shape());
    return graph.map("noisy", (x, n) -> x.add(n.mul((float) deviation)), signal, noise);
  }

  private static void keep(
      Graph graph, Network generator, String name, double weight, Signal made, Signal wanted) {
    if (weight > 0) {
      Signal distance = graph.map(name, PlugAndPlayTopology::squaredDistance, made, wanted);
      graph.minimise(generator.player(), name, weight, distance);
    }
  }

  /**
   * The sum of squared differences of a sample, averaged over the batch.
   *
   * @param made shape (batch, ...)
   * @param wanted the same shape
   * @return a scalar
   */
  static NDArray squaredDistance(NDArray made, NDArray wanted) {
    return made.sub(wanted).square().sum().div(made.getShape().get(0));
  }

  private Signal classes(Graph graph, ClassifierNetworks known, Signal code) {
    Signal own = known.classes(code);
    if (!options.separateClassifier()) {
      return own;
    }
    Signal real = graph.real(IMAGE);
    Network classifier =
        graph
            .network("classifier", ENCODER)
            .takes(IMAGE, real)
            .gives(ClassifierNetworks.CLASSES, own);
    classifier.freeze();
    return classifier.apply(real).get(ClassifierNetworks.CLASSES);
  }

  /**
   * A sample is made of a code alone. The label is an input of the use all the same, because
   * samplers choose the code by it.
   */
  private void stateUses(
      Graph graph, Network generator, Signal latent, Signal code, Signal classes) {
    Signal made = generator.apply(latent).get(IMAGE);
    Signal requested =
        graph.map("requested", (image, label) -> image, made, graph.real(options.label()));
    graph.use("sample", graph.typed(ValueType.IMAGE, requested));
    graph.use(ChainUses.CODE, code);
    graph.use(ChainUses.CLASSES, classes);
  }
}
