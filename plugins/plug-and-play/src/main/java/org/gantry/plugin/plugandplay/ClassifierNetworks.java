package org.gantry.plugin.plugandplay;

import static org.gantry.component.ComponentKind.ENCODER;

import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.tensor.ClassLogits;

/**
 * A classifier in two parts.
 *
 * @param encoder maps images to codes
 * @param head maps codes to the logits of classes, such as {@code class-logits}
 */
record ClassifierNetworks(Network encoder, Network head) {

  /** The port and the name of codes. */
  static final String CODE = "latent";

  /** The port of logits. */
  static final String CLASSES = "classes";

  /**
   * Declares the networks.
   *
   * @param latent codes of the prior, whose shape the encoder gives
   * @param labels one-hot labels, whose shape the head gives
   */
  static ClassifierNetworks declare(Graph graph, Signal latent, Signal labels) {
    return new ClassifierNetworks(
        graph
            .network("feature-encoder", ENCODER)
            .takes(DatasetField.IMAGE, graph.real(DatasetField.IMAGE))
            .gives(CODE, latent),
        graph.network("feature-classes", ENCODER).takes(CODE, latent).gives(CLASSES, labels));
  }

  /**
   * The one-hot labels of the batch, shape (batch, classes).
   *
   * @throws UnusableComponentException if the field is not a label of at least two classes
   */
  static Signal labels(Graph graph, String label) {
    int classes = classCount(graph.field(label));
    return graph.map("one-hot", l -> ClassLogits.oneHot(l, classes), graph.real(label));
  }

  private static int classCount(DatasetField label) {
    if (label.type() != ValueType.LABEL || label.classNames().size() < 2) {
      throw new UnusableComponentException(
          "it needs a label of at least two classes, and '%s' is not one".formatted(label.name()));
    }
    return label.classNames().size();
  }

  /** The code of each image. */
  Signal code(Signal image) {
    return encoder.apply(image).get(CODE);
  }

  /** The logits of the classes of each code, shape (batch, classes). */
  Signal classes(Signal code) {
    return head.apply(code).get(CLASSES);
  }
}
