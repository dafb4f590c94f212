package org.gantry.training;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.Signal;
import org.gantry.training.CompositionException.MissingComponent;

/**
 * The ports of a role: those that the topology states, with the shapes of samples, and those that
 * the architecture declares.
 */
final class RolePorts {

  private final String role;
  private final String kind;
  private final ComponentOrigin architecture;
  private final NetworkPorts declared;
  private final Map<String, Signal> taken = new LinkedHashMap<>();
  private final Map<String, Signal> given = new LinkedHashMap<>();
  private Optional<List<String>> headPorts = Optional.empty();

  RolePorts(String role, String kind, ComponentOrigin architecture, NetworkPorts declared) {
    this.role = role;
    this.kind = kind;
    this.architecture = architecture;
    this.declared = declared;
  }

  void take(String port, Signal like) {
    taken.put(port, like);
  }

  void give(String port, Signal like) {
    given.put(port, like);
  }

  /** Replaces the first output, the score, by the ports of another head. */
  void replaceHead(List<String> ports) {
    headPorts = Optional.of(List.copyOf(ports));
  }

  /** The input ports in the order in which applications name their inputs. */
  List<String> inputs() {
    return List.copyOf(taken.keySet());
  }

  /** What arrives at an input port. */
  ValueType inputType(String port) {
    return taken.get(port).type();
  }

  /** The data that arrive at an input port as they are; empty for anything else. */
  Optional<NodeOperation.BatchField> inputData(String port) {
    return Optional.ofNullable(taken.get(port))
        .map(like -> ((NodeOutput) like).node().operation())
        .filter(NodeOperation.BatchField.class::isInstance)
        .map(NodeOperation.BatchField.class::cast);
  }

  /** The ports of the block's inputs, in order. */
  List<String> blockInputs() {
    return declared.inputs().stream().filter(taken::containsKey).toList();
  }

  /** For each of the block's inputs, the index of the role's input. */
  List<Integer> inputOrder() {
    List<String> inputs = inputs();
    return blockInputs().stream().map(inputs::indexOf).toList();
  }

  /** What the network gives at each output port. */
  List<ValueType> outputTypes() {
    return outputs().stream().map(this::outputType).toList();
  }

  private ValueType outputType(String port) {
    Signal like = given.get(port);
    return switch (port) {
      case DatasetField.IMAGE -> ValueType.IMAGE;
      case "score" -> ValueType.SCORE;
      case "latent", "code" -> ValueType.CODE;
      case "condition" -> ValueType.CONDITION;
      default -> like == null ? ValueType.OTHER : like.type();
    };
  }

  /** The output ports, in the order of the network's outputs. */
  List<String> outputs() {
    List<String> own = declared.gives();
    if (headPorts.isEmpty() || own.isEmpty()) {
      return own;
    }
    List<String> all = new ArrayList<>(headPorts.get());
    all.addAll(own.subList(1, own.size()));
    return all;
  }

  /**
   * The index of an output.
   *
   * @param reader the component that reads it
   * @throws CompositionException if the network has no such output
   */
  int outputIndex(String port, ComponentOrigin reader) {
    int index = outputs().indexOf(port);
    if (index < 0) {
      throw new CompositionException(
          "%s reads the port %s of the %s, but %s (%s) gives %s"
              .formatted(
                  reader.label(),
                  port,
                  role,
                  architecture.label(),
                  architecture.bundle(),
                  String.join(", ", outputs())),
          List.of(architecture, reader),
          Optional.of(new MissingComponent(kind, role, inputs(), List.of(port))));
    }
    return index;
  }

  /** The shape of a sample at an input port that the topology states. */
  Shape inputSample(String port) {
    return sample(taken, port, "does not feed its port ");
  }

  /** The shape of a sample at an output port that the topology states. */
  Shape outputSample(String port) {
    return sample(given, port, "does not read its port ");
  }

  private Shape sample(Map<String, Signal> stated, String port, String otherwise) {
    Signal like = stated.get(port);
    if (like == null) {
      throw new UnusableComponentException(
          "the topology has a role " + role + ", but " + otherwise + port);
    }
    return like.shape().slice(1);
  }

  /** Checks the number of signals that the role is applied to. */
  void requireInputs(int signals) {
    if (signals != taken.size()) {
      throw new UnusableComponentException(
          "the "
              + role
              + " takes "
              + taken.keySet()
              + ", but is applied to "
              + signals
              + " signals");
    }
  }

  /**
   * Checks that the architecture declares the ports that the topology states.
   *
   * @param user the component that applies the role
   */
  void requireArchitecture(ComponentOrigin user) {
    List<String> inputs = inputs();
    boolean fits = declared.canTake(inputs) && outputs().containsAll(given.keySet());
    if (!fits) {
      throw new CompositionException(
          "%s feeds %s to the %s and reads %s from it, but %s (%s) takes %s and gives %s"
              .formatted(
                  user.label(),
                  list(inputs),
                  role,
                  list(given.keySet()),
                  architecture.label(),
                  architecture.bundle(),
                  inputList(),
                  list(outputs())),
          List.of(architecture, user),
          Optional.of(new MissingComponent(kind, role, inputs, List.copyOf(given.keySet()))));
    }
  }

  /**
   * Checks the outputs of the built network.
   *
   * @param outputs their shapes, with the batch dimension
   * @param user the component that applies the role
   */
  void requireOutputs(List<Shape> outputs, ComponentOrigin user) {
    if (outputs.size() != outputs().size()) {
      throw new CompositionException(
          "%s (%s) declares the outputs %s, but its network gives %d arrays"
              .formatted(
                  architecture.label(), architecture.bundle(), list(outputs()), outputs.size()),
          List.of(architecture));
    }
    given.forEach(
        (port, like) -> {
          Shape required = like.shape().slice(1);
          Shape actual = outputs.get(outputs().indexOf(port)).slice(1);
          if (!actual.equals(required)) {
            throw new CompositionException(
                "the %s must give %s of shape %s, but %s (%s) gives %s"
                    .formatted(
                        role, port, required, architecture.label(), architecture.bundle(), actual),
                List.of(architecture, user));
          }
        });
  }

  private String inputList() {
    return declared.accepts().isEmpty()
        ? list(declared.takes())
        : list(declared.takes()) + " and, where wanted, " + list(declared.accepts());
  }

  private static String list(Iterable<String> names) {
    String joined = String.join(", ", names);
    return joined.isEmpty() ? "nothing" : joined;
  }
}
