package org.gantry.plugin.plugandplay;

import static org.gantry.component.ComponentKind.ENCODER;

import ai.djl.nn.core.Linear;
import java.util.List;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;

/**
 * A classifier in two parts.
 *
 * @param encoder maps images to codes
 * @param head maps codes to the logits of classes, by one linear layer
 */
record ClassifierNetworks(Network encoder, Network head) {

  /** The port and the name of codes. */
  static final String CODE = "latent";

  private static final String CLASSES = "classes";
  private static final NetworkPorts HEAD_PORTS =
      new NetworkPorts(List.of(CODE), List.of(), List.of(CLASSES));

  /**
   * Declares the networks.
   *
   * @param latent codes of the prior, whose shape the encoder gives
   */
  static ClassifierNetworks declare(Graph graph, Signal latent, int classes) {
    return new ClassifierNetworks(
        graph
            .network("feature-encoder", ENCODER)
            .takes(DatasetField.IMAGE, graph.real(DatasetField.IMAGE))
            .gives(CODE, latent),
        graph
            .network(
                "feature-classes",
                ENCODER,
                HEAD_PORTS,
                site -> Linear.builder().setUnits(classes).build())
            .takes(CODE, latent));
  }

  /**
   * The number of classes of a label.
   *
   * @throws UnusableComponentException if the field is not a label of at least two classes
   */
  static int classCount(DatasetField label) {
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
