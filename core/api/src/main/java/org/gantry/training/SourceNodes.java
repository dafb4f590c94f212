package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.graph.Schedule;
import org.gantry.graph.Signal;

/** The nodes of a graph under construction that read no other nodes. */
final class SourceNodes {

  /** The draw that every graph has. */
  private static final String DATA = "data";

  private final BuildContext context;
  private final Map<NodeOperation, GraphNode> shared = new LinkedHashMap<>();
  private final Map<String, Dataset> draws = new HashMap<>();
  private final List<GraphScalarState> states = new ArrayList<>();

  SourceNodes(BuildContext context) {
    this.context = context;
  }

  Dataset dataset() {
    return context.composition().dataset().component();
  }

  /** Data sets by draw, for draws that do not read the recipe's. */
  Map<String, Dataset> draws() {
    return draws;
  }

  List<GraphScalarState> states() {
    return states;
  }

  void drawFrom(String draw, Dataset from) {
    if (draws.putIfAbsent(draw, from) != null) {
      throw new UnusableComponentException("it states the data set of the draw " + draw + " twice");
    }
  }

  DatasetField field(String name) {
    return dataset()
        .field(name)
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "it needs the field %s, but %s has %s"
                        .formatted(
                            name,
                            context.composition().dataset().origin().label(),
                            String.join(
                                ", ",
                                dataset().fields().stream().map(DatasetField::name).toList()))));
  }

  Signal real(String field) {
    return real(field, DATA);
  }

  Signal real(String field, String draw) {
    return shared(
        draw.equals(DATA) ? field : draw + "." + field,
        new NodeOperation.BatchField(field, draw),
        field(field).shape(),
        context.composition().dataset().origin());
  }

  Signal latent(String name) {
    return shared(
        name,
        new NodeOperation.LatentSource(name),
        context.composition().prior().component().shape(),
        context.composition().prior().origin());
  }

  Signal noise(String name, Shape shape, boolean normal) {
    String unique = context.uniqueName(name);
    return node(
        unique,
        new NodeOperation.NoiseDraw(context.clock().stream("noise/" + unique), normal),
        shape);
  }

  Signal schedule(String name, Schedule schedule) {
    return node(context.uniqueName(name), new NodeOperation.ScheduledScalar(schedule), new Shape());
  }

  GraphScalarState state(String name, double initial) {
    GraphScalarState state = new GraphScalarState(context.uniqueName(name), initial);
    state.bind(node(state.name(), new NodeOperation.StateScalar(state), new Shape()));
    states.add(state);
    return state;
  }

  private Signal node(String unique, NodeOperation operation, Shape shape) {
    return new GraphNode(unique, operation, List.of(), List.of(shape), context.contributor())
        .output(0);
  }

  /** The one node of an operation on batches of samples of that shape. */
  private Signal shared(
      String name, NodeOperation operation, Shape sample, ComponentOrigin contributor) {
    Shape batch = new Shape(context.composition().batch()).addAll(sample);
    return shared
        .computeIfAbsent(
            operation,
            o -> new GraphNode(context.uniqueName(name), o, List.of(), List.of(batch), contributor))
        .output(0);
  }
}
