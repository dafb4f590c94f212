package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.graph.Schedule;
import org.gantry.graph.Signal;
import org.gantry.prior.Prior;

/** The nodes of a graph under construction that read no other nodes. */
final class SourceNodes {

  private final BuildContext context;
  private final Map<NodeOperation, GraphNode> shared = new LinkedHashMap<>();
  private final Map<String, Dataset> draws = new LinkedHashMap<>();
  private final List<GraphScalarState> states = new ArrayList<>();
  private final List<GraphTensorState> arrays = new ArrayList<>();

  SourceNodes(BuildContext context) {
    this.context = context;
    context.composition().datasets().forEach((draw, data) -> draws.put(draw, data.component()));
  }

  /** The data set that a draw reads, which is the main one unless a component states another. */
  Dataset dataset(String draw) {
    return draws.getOrDefault(draw, context.composition().dataset().component());
  }

  /** Data sets by draw, for draws that do not read the main one. */
  Map<String, Dataset> draws() {
    return draws;
  }

  List<GraphScalarState> states() {
    return states;
  }

  List<GraphTensorState> arrays() {
    return arrays;
  }

  void drawFrom(String draw, Dataset from) {
    if (draws.putIfAbsent(draw, from) != null) {
      throw new UnusableComponentException(
          context.composition().datasets().containsKey(draw)
              ? "the recipe names the data set of the draw " + draw
              : "it states the data set of the draw " + draw + " twice");
    }
  }

  DatasetField field(String name, String draw) {
    Dataset dataset = dataset(draw);
    return dataset
        .field(name)
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "it needs the field %s, but %s has %s"
                        .formatted(
                            name,
                            origin(draw).label(),
                            String.join(
                                ", ",
                                dataset.fields().stream().map(DatasetField::name).toList()))));
  }

  private ComponentOrigin origin(String draw) {
    Composition composition = context.composition();
    return composition.datasets().getOrDefault(draw, composition.dataset()).origin();
  }

  Signal real(String field, String draw, int batch, boolean mismatched) {
    String main = context.composition().mainDraw();
    DatasetField described = field(field, draw);
    String name = draw.equals(main) ? field : draw + "." + field;
    return shared(
        mismatched ? "mismatched-" + name : name,
        new NodeOperation.BatchField(described, draw, batch, mismatched),
        new Shape(batch).addAll(described.shape()),
        origin(draw));
  }

  Signal latent(String name, int batch) {
    Prior prior = context.composition().prior().component();
    return shared(
        name,
        new NodeOperation.LatentSource(name, batch),
        new Shape(batch).addAll(prior.shape()),
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

  GraphTensorState state(String name, Shape shape, double initial) {
    GraphTensorState state =
        new GraphTensorState(context.uniqueName(name), shape, initial, context.contributor());
    state.bind(node(state.name(), new NodeOperation.StateArray(state), shape));
    arrays.add(state);
    return state;
  }

  private Signal node(String unique, NodeOperation operation, Shape shape) {
    return new GraphNode(unique, operation, List.of(), List.of(shape), context.contributor())
        .output(0);
  }

  /** The one node of an operation. */
  private Signal shared(
      String name, NodeOperation operation, Shape batch, ComponentOrigin contributor) {
    return shared
        .computeIfAbsent(
            operation,
            o -> new GraphNode(context.uniqueName(name), o, List.of(), List.of(batch), contributor))
        .output(0);
  }
}
