package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A node of the training graph. */
@ProviderType
public interface Node {

  /** The index in the graph. A node reads only nodes with smaller ones. */
  int id();

  /** What the node is. */
  NodeType type();

  /** The name, unique in the graph. */
  String name();

  /** The ids of the nodes that this one reads, in order. */
  List<Integer> inputs();

  /** The shapes of the outputs, with the batch dimension. */
  List<Shape> shapes();

  /** The names of a network's outputs; empty for any other node. */
  List<String> ports();

  /** The role of a network, or the player of a term; empty for any other node. */
  String role();

  /** The weight of a term; 1 for any other node. */
  double weight();

  /** The component that added the node. */
  ComponentOrigin contributor();
}
