package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/** One use of a graph, with the nodes behind its inputs. */
final class UseInputs {

  private final TrainingGraph graph;
  private final GraphUse use;
  private final Map<ModelInput, GraphNode> nodes = new LinkedHashMap<>();

  UseInputs(TrainingGraph graph, GraphUse use) {
    this.graph = graph;
    this.use = use;
    Set<GraphNode> upstream = graph.dependencies().upstream(use.output().node());
    for (GraphNode node : graph.sortedNodes()) {
      if (upstream.contains(node)) {
        input(node).ifPresent(input -> nodes.put(input, node));
      }
    }
  }

  private static Optional<ModelInput> input(GraphNode node) {
    if (node.operation() instanceof NodeOperation.BatchField source) {
      return Optional.of(new ModelInput(node.name(), source.field().withName(node.name()), true));
    }
    if (node.operation() instanceof NodeOperation.LatentSource) {
      Shape code = node.shapes().get(0).slice(1);
      return Optional.of(
          new ModelInput(
              node.name(),
              new DatasetField(node.name(), ValueType.CODE, code, -1, 1, List.of()),
              false));
    }
    return Optional.empty();
  }

  /** The use as samplers see it. */
  ModelUse describe() {
    return new ModelUse(
        use.name(),
        output(),
        List.copyOf(nodes.keySet()),
        use.counterpart().flatMap(c -> input(c.node())));
  }

  /** The field that the output imitates, or one of its shape with values in [-1, 1]. */
  private DatasetField output() {
    NodeOutput output = use.output();
    Shape sample = output.shape().slice(1);
    List<DatasetField> candidates = new ArrayList<>();
    ImitatedData.field(graph, use).ifPresent(source -> candidates.add(source.field()));
    graph
        .composition()
        .datasets()
        .values()
        .forEach(d -> d.component().field(DatasetField.IMAGE).ifPresent(candidates::add));
    return candidates.stream()
        .filter(field -> field.shape().equals(sample))
        .findFirst()
        .map(field -> field.withName(DatasetField.IMAGE))
        .orElse(new DatasetField(DatasetField.IMAGE, output.type(), sample, -1, 1, List.of()));
  }

  /** The output that the use is for. */
  NodeOutput outputNode() {
    return use.output();
  }

  /** The node behind each input. */
  Map<ModelInput, GraphNode> nodes() {
    return nodes;
  }

  /**
   * The values of some of the inputs by their nodes.
   *
   * @param inputs values by the name of the input
   * @param wanted whether an input is needed
   * @throws UnusableComponentException if one that is needed is missing
   */
  Map<GraphNode, NDArray> values(Map<String, NDArray> inputs, Predicate<ModelInput> wanted) {
    Map<GraphNode, NDArray> values = new LinkedHashMap<>();
    nodes.forEach(
        (input, node) -> {
          if (wanted.test(input)) {
            NDArray value = inputs.get(input.name());
            if (value == null) {
              throw new UnusableComponentException(
                  "the use %s needs the input %s".formatted(use.name(), input.name()));
            }
            values.put(node, value);
          }
        });
    return values;
  }

  /**
   * The nodes that depend on conditions alone and are read by others: the encodings of conditions.
   *
   * @throws UnusableComponentException if a condition is read without an encoding, because the
   *     numbers of classes and words cannot be mixed
   */
  List<GraphNode> encodings() {
    Set<GraphNode> conditions = new LinkedHashSet<>();
    Set<GraphNode> others = new LinkedHashSet<>();
    nodes.forEach((input, node) -> (isCondition(input) ? conditions : others).add(node));
    NodeDependencies dependencies = graph.dependencies();
    Set<GraphNode> encodings = new LinkedHashSet<>();
    for (GraphNode node : graph.sortedNodes()) {
      if (dependencies.upstream(use.output().node()).contains(node)
          && !isOf(node, conditions, others)) {
        node.arguments().stream()
            .map(NodeOutput::node)
            .filter(argument -> isOf(argument, conditions, others))
            .forEach(encodings::add);
      }
    }
    for (GraphNode encoding : encodings) {
      if (conditions.contains(encoding) && encoding.types().get(0) != ValueType.CONDITION) {
        throw new UnusableComponentException(
            "the networks of the use %s take %s itself, not an encoding that can be mixed"
                .formatted(use.name(), encoding.name()));
      }
    }
    return List.copyOf(encodings);
  }

  private static boolean isCondition(ModelInput input) {
    return input.field().type().isCondition();
  }

  /** Whether a node depends on conditions, and on no other input. */
  private boolean isOf(GraphNode node, Set<GraphNode> conditions, Set<GraphNode> others) {
    Set<GraphNode> upstream = graph.dependencies().upstream(node);
    return upstream.stream().anyMatch(conditions::contains)
        && upstream.stream().noneMatch(others::contains)
        && !graph.dependencies().drawsInEachPhase(node);
  }

  /** The sources of the inputs that are fields of the data, and of the counterpart. */
  Map<String, NodeOperation.BatchField> fields() {
    Map<String, NodeOperation.BatchField> fields = new LinkedHashMap<>();
    nodes.values().forEach(node -> addField(node, fields));
    use.counterpart().ifPresent(c -> addField(c.node(), fields));
    return fields;
  }

  private static void addField(GraphNode node, Map<String, NodeOperation.BatchField> into) {
    if (node.operation() instanceof NodeOperation.BatchField source) {
      into.put(node.name(), source);
    }
  }
}
