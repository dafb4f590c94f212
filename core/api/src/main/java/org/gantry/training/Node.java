package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A node of the training graph, as drawings and plans show it.
 *
 * @param id its index in the graph; inputs have smaller ones
 * @param type what it is
 * @param name its name, unique in the graph
 * @param inputs the ids of the nodes that it reads
 * @param shapes the shapes of its outputs, with the batch dimension
 * @param ports the names of its outputs, for a network; else empty
 * @param role the role, for a network; the player, for a term; else empty
 * @param weight the weight, for a term; else 1
 * @param contributor the component that put it there
 */
public record Node(
    int id,
    NodeType type,
    String name,
    List<Integer> inputs,
    List<Shape> shapes,
    List<String> ports,
    String role,
    double weight,
    ComponentOrigin contributor) {

  /** What a node is. */
  public enum NodeType {
    /** A field of a batch of real data. */
    DATA,
    /** Codes from the prior, or noise. */
    NOISE,
    /** A scheduled or carried scalar. */
    SCALAR,
    /** An application of a network. */
    NETWORK,
    /** A function. */
    FUNCTION,
    /** A gradient. */
    GRADIENT,
    /** A scalar that a player minimises. */
    TERM
  }

  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    shapes = List.copyOf(shapes);
    ports = List.copyOf(ports);
  }
}
