package org.gantry.drawing;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Node;
import org.gantry.training.NodeType;

/** A node that is only drawn. */
record PlainNode(
    int id,
    NodeType type,
    String name,
    List<Integer> inputs,
    List<Shape> shapes,
    List<String> ports,
    String role,
    double weight,
    ComponentOrigin contributor)
    implements Node {}
