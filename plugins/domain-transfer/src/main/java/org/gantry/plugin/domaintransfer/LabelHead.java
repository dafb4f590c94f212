package org.gantry.plugin.domaintransfer;

import static org.gantry.component.ComponentKind.ENCODER;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import java.util.List;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.tensor.ClassLogits;

/**
 * A linear layer that reads labels off features. It gives the logits of all labels, one label after
 * the other.
 *
 * @param player the player of the features, who trains the layer, too
 * @param layer maps codes to logits
 * @param labels the labels, in the order of their logits
 */
record LabelHead(String player, Network layer, List<DatasetField> labels) {

  private static final String CODE = "latent";
  private static final String CLASSES = "classes";
  private static final NetworkPorts PORTS =
      new NetworkPorts(List.of(CODE), List.of(), List.of(CLASSES));

  /** Copies the list. */
  LabelHead {
    labels = List.copyOf(labels);
  }

  /**
   * Declares the layer.
   *
   * @param code the features of a sample
   * @param draw the draw whose fields the labels are
   * @throws UnusableComponentException if a field is not a label of at least two classes
   */
  static LabelHead declare(
      Graph graph, Network features, Signal code, String draw, List<String> names) {
    List<DatasetField> labels = names.stream().map(name -> label(graph, name, draw)).toList();
    int logits = labels.stream().mapToInt(label -> label.classNames().size()).sum();
    Network layer =
        graph
            .network(
                "feature-classes",
                ENCODER,
                PORTS,
                site -> Linear.builder().setUnits(logits).build())
            .takes(CODE, code);
    graph.assignPlayer(features.player(), features, layer);
    return new LabelHead(features.player(), layer, labels);
  }

  private static DatasetField label(Graph graph, String name, String draw) {
    DatasetField label = graph.field(name, draw);
    if (label.type() != ValueType.LABEL || label.classNames().size() < 2) {
      throw new UnusableComponentException(
          "its features need a label of at least two classes to learn, and '%s' is not one"
              .formatted(name));
    }
    return label;
  }

  /**
   * Adds the cross entropy of every label of a draw.
   *
   * @param term the name of the term; with several labels, their names follow it
   * @param code the features of the draw's samples
   * @throws UnusableComponentException if the draw lacks a label, or has it with other classes
   */
  void learn(Graph graph, String term, Signal code, String draw) {
    Signal logits = layer.apply(code).get(CLASSES);
    int from = 0;
    for (DatasetField label : labels) {
      requireSameClasses(label, label(graph, label.name(), draw), draw);
      int first = from;
      int classes = label.classNames().size();
      graph.minimise(
          player,
          labels.size() == 1 ? term : term + "-" + label.name(),
          1,
          graph.map(
              "cross-entropy",
              (all, given) -> crossEntropy(all, given, first, classes),
              logits,
              graph.real(label.name(), draw)));
      from += classes;
    }
  }

  private static void requireSameClasses(DatasetField label, DatasetField other, String draw) {
    if (!label.classNames().equals(other.classNames())) {
      throw new UnusableComponentException(
          "the label %s has the classes %s in the source, and %s in %s"
              .formatted(label.name(), label.classNames(), other.classNames(), draw));
    }
  }

  /**
   * The mean cross entropy of one label.
   *
   * @param all the logits of all labels, shape (batch, logits)
   * @param given the label of each sample, shape (batch)
   * @param first the first logit of the label
   * @return a scalar
   */
  static NDArray crossEntropy(NDArray all, NDArray given, int first, int classes) {
    return ClassLogits.crossEntropy(
        all.get(":, {}:{}", first, first + classes), ClassLogits.oneHot(given, classes));
  }
}
