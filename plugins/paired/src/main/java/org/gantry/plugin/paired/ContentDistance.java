package org.gantry.plugin.paired;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.ClassLogits;

/**
 * The content term of SRGAN: the result should have the features of the right image, as a network
 * sees them that does not learn here. The term is the mean over features of the squared difference.
 * It needs a topology that knows the right image, such as {@code paired}.
 *
 * <p>The network has the role {@code content-encoder}, and its weights come from an earlier run or
 * stage, or from a file. Without {@code from}, its features are random. Another role, which ends in
 * {@code discriminator}, can be a trained discriminator. The features are what the network gives at
 * a port; the encoder {@code small-vgg} gives those of any of its layers, before or after the
 * activation.
 *
 * <p>Features have no natural scale: the paper multiplies its term by 0.006. With {@code balanced},
 * the term is multiplied by a factor that makes it equal to the squared error of pixels on the
 * first batch. The factor stays, and the first step leaves the term out.
 */
@Component(
    kind = ComponentKind.REGULARIZER,
    name = "content",
    summary = "A result has the features of the right image in a trained network (SRGAN)",
    paper = "arXiv:1609.04802, section 2.2.1")
final class ContentDistance implements Regularizer {

  private static final String NAME = "content";
  private static final String SCALE = "content-scale";
  private static final String CODE = "latent";

  record Options(
      @Description("the weight of the mean squared difference of features; the paper has 0.006")
          @DefaultValue("1")
          @Positive double weight,
      @Description(
              "whether the term is scaled to the squared error of pixels, as it is on the first batch")
          @DefaultValue("true")
          boolean balanced,
      @Description("the role of the network whose features are compared")
          @DefaultValue("content-encoder")
          String network,
      @Description("the output of that network that has the features") @DefaultValue("features")
          String port,
      @Description("the label that the network learned to tell, if it did; empty otherwise")
          @DefaultValue("")
          String label) {}

  private final Options options;

  @Inject
  ContentDistance(Options options) {
    this.options = options;
  }

  @Override
  public void edit(Graph graph) {
    boolean applied = false;
    for (Map.Entry<Signal, Signal> made : graph.counterparts().entrySet()) {
      Set<String> makers = makers(graph, made.getKey());
      if (!makers.isEmpty()) {
        addTerm(graph, made.getKey(), made.getValue(), makers);
        applied = true;
      }
    }
    if (!applied) {
      throw new UnusableComponentException(
          "no player makes an image of which the data have the right one; use it with a topology such as paired");
    }
  }

  private static Set<String> makers(Graph graph, Signal made) {
    Set<String> makers = new LinkedHashSet<>();
    for (AdversarialPair pair : graph.pairs()) {
      for (FakeExample fake : pair.fakes()) {
        if (fake.example().signals().get(0).equals(made)) {
          makers.addAll(fake.makers());
        }
      }
    }
    return makers;
  }

  private void addTerm(Graph graph, Signal made, Signal right, Set<String> makers) {
    String kind =
        options.network().endsWith(ComponentKind.DISCRIMINATOR)
            ? ComponentKind.DISCRIMINATOR
            : ComponentKind.ENCODER;
    Network network = graph.network(options.network(), kind).takes(DatasetField.IMAGE, right);
    if (network.outputPorts().contains(CODE)) {
      network.gives(CODE, code(graph));
    }
    network.freeze();
    Signal distance =
        graph.map(
            NAME,
            ContentDistance::meanSquare,
            network.apply(made).get(options.port()),
            network.apply(right).get(options.port()));
    Signal term = options.balanced() ? balanced(graph, distance, made, right) : distance;
    makers.forEach(maker -> graph.minimise(maker, NAME, options.weight(), term));
  }

  /** A signal of the shape of the network's code, which nothing reads. */
  private Signal code(Graph graph) {
    if (options.label().isEmpty()) {
      return graph.latent(CODE);
    }
    int classes = graph.field(options.label()).classNames().size();
    if (classes < 2) {
      throw new UnusableComponentException(
          "its network needs a label of at least two classes, and '%s' is not one"
              .formatted(options.label()));
    }
    return graph.map(
        "classes", labels -> ClassLogits.oneHot(labels, classes), graph.real(options.label()));
  }

  /** The distance, multiplied by what makes it equal to the error of pixels on the first batch. */
  private static Signal balanced(Graph graph, Signal distance, Signal made, Signal right) {
    Signal pixels = graph.map("pixel-error", ContentDistance::meanSquare, made, right);
    ScalarState scale = graph.state(SCALE, 0);
    scale.setRule(
        (value, last) -> value == 0 ? scale(last.get(0).getFloat(), last.get(1).getFloat()) : value,
        pixels,
        distance);
    return graph.map("scaled-content", NDArray::mul, distance, scale.signal());
  }

  /** The factor by which a distance of features equals one of pixels; 1 if features are equal. */
  static double scale(double pixels, double features) {
    return features > 0 ? pixels / features : 1;
  }

  /** The mean squared difference of two arrays of one shape. */
  static NDArray meanSquare(NDArray first, NDArray second) {
    return ConstancyPenalty.meanSquaredDifference(first, second);
  }
}
