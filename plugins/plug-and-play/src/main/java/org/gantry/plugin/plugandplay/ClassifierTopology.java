package org.gantry.plugin.plugandplay;

import static org.gantry.component.ComponentKind.TOPOLOGY;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import jakarta.inject.Inject;
import org.gantry.component.Component;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.tensor.ClassLogits;
import org.gantry.topology.Topology;

/**
 * A classifier of images, for later stages that need a trained one. The role {@code
 * feature-encoder} maps an image to a code, and the role {@code feature-classes} maps the code to
 * the logits of classes. One player trains both by the cross entropy of the labels. The topology is
 * not a game, so a loss adds nothing.
 *
 * <p>The training reports {@code accuracy}, the share of a batch's images that the classifier gives
 * their own class.
 */
@Component(
    kind = TOPOLOGY,
    name = "classifier",
    summary = "A classifier of images, whose networks a later stage uses",
    paper = "arXiv:1612.00005, section 3.4")
final class ClassifierTopology implements Topology {

  record Options(
      @Description("the label that the classifier learns") @DefaultValue(DatasetField.LABEL)
          String label) {}

  private final Options options;

  @Inject
  ClassifierTopology(Options options) {
    this.options = options;
  }

  @Override
  public void wire(Graph graph) {
    Signal labels = ClassifierNetworks.labels(graph, options.label());
    ClassifierNetworks networks =
        ClassifierNetworks.declare(graph, graph.latent(ClassifierNetworks.CODE), labels);
    Network encoder = networks.encoder();
    graph.assignPlayer(encoder.player(), encoder, networks.head());
    Signal code = networks.code(graph.real(DatasetField.IMAGE));
    Signal logits = networks.classes(code);
    graph.minimise(
        encoder.player(),
        "classification",
        1,
        graph.map("cross-entropy", ClassLogits::crossEntropy, logits, labels));
    graph.watch("accuracy", graph.map("accuracy", ClassifierTopology::accuracy, logits, labels));
    graph.use(ChainUses.CLASSES, logits);
    graph.use(ChainUses.CODE, code);
    // The image itself, for samplers that change it.
    graph.use(DatasetField.IMAGE, graph.real(DatasetField.IMAGE));
  }

  /**
   * The share of rows whose largest logit is at their label.
   *
   * @param logits shape (batch, classes)
   * @param labels one-hot rows of the same shape
   * @return a scalar
   */
  static NDArray accuracy(NDArray logits, NDArray labels) {
    return logits.argMax(1).eq(labels.argMax(1)).toType(DataType.FLOAT32, false).mean();
  }
}
