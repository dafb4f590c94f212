package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Network;
import org.gantry.graph.NetworkOutputs;
import org.gantry.graph.Signal;
import org.gantry.layers.HeadedNetwork;
import org.gantry.tensor.RandomStream;

/** A role and its network, which is built on the first application. */
final class NetworkRole implements Network {

  /** A transform of one input port. */
  record InputTransform(String port, UnaryOperator<Signal> function, ComponentOrigin contributor) {}

  /** An action on the parameters after each update. */
  record UpdateAction(String name, Consumer<NDList> action, ComponentOrigin contributor) {}

  /** The rule by which a copy of the weights follows them. */
  record AveragedWeights(String name, AveragingRule rule, ComponentOrigin contributor) {}

  private record BlockWrap(UnaryOperator<Block> wrap, ComponentOrigin contributor) {}

  private record ReplacementHead(Supplier<Block> block, ComponentOrigin contributor) {}

  private final BuildContext context;
  private final String name;
  private final String kind;
  private final BoundComponent<Architecture> architecture;
  private final RolePorts ports;
  private final List<InputTransform> transforms = new ArrayList<>();
  private final List<BlockWrap> wraps = new ArrayList<>();
  private final List<UpdateAction> actions = new ArrayList<>();
  private final Map<List<Signal>, GraphNode> applications = new LinkedHashMap<>();
  private Optional<AveragedWeights> averaging = Optional.empty();
  private Optional<PackedInput> packing = Optional.empty();
  private Optional<ReplacementHead> head = Optional.empty();
  private String player;
  private Block block;
  private ComponentOrigin firstUser;
  private Shape[] inputShapes;

  NetworkRole(
      BuildContext context, String name, String kind, BoundComponent<Architecture> architecture) {
    this.context = context;
    this.name = name;
    this.kind = kind;
    this.architecture = architecture;
    this.ports = new RolePorts(name, kind, architecture.origin());
    this.player = name;
  }

  @Override
  public String role() {
    return name;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public String player() {
    return player;
  }

  @Override
  public Network takes(String port, Signal like) {
    ports.take(port, like.shape());
    return this;
  }

  @Override
  public Network gives(String port, Signal like) {
    ports.give(port, like.shape());
    return this;
  }

  @Override
  public NetworkOutputs apply(Signal... inputs) {
    List<Signal> key = List.of(inputs);
    GraphNode application = applications.get(key);
    if (application == null) {
      application = newApplication(key);
      applications.put(key, application);
    }
    GraphNode applied = application;
    return port -> applied.output(ports.outputIndex(port, context.contributor()));
  }

  private GraphNode newApplication(List<Signal> inputs) {
    List<Shape> shapes = outputShapes(inputs.stream().map(Signal::shape).toList());
    String arguments =
        inputs.stream()
            .map(i -> i.name().replaceFirst("\\(.*", ""))
            .collect(Collectors.joining(", "));
    return new GraphNode(
        context.uniqueName(name + "(" + arguments + ")"),
        new NodeOperation.NetworkCall(this),
        inputs.stream().map(NodeOutput.class::cast).toList(),
        shapes,
        origin());
  }

  @Override
  public void transformInput(String port, UnaryOperator<Signal> transform) {
    if (!ports.inputs().contains(port)) {
      throw new UnusableComponentException(
          "the " + name + " has no input port " + port + "; it has " + ports.inputs());
    }
    transforms.add(new InputTransform(port, transform, context.contributor()));
  }

  @Override
  public void pack(int samples) {
    if (block != null) {
      throw new UnusableComponentException(
          firstUser.kind().equals(ComponentKind.TOPOLOGY)
              ? "%s applies the %s to single samples, so it cannot judge packs of them"
                  .formatted(firstUser.label(), name)
              : "%s has applied the %s to single samples already; list the component that packs them before it"
                  .formatted(firstUser.label(), name));
    }
    if (packing.isPresent()) {
      throw new UnusableComponentException(
          "the input of the %s is packed already, by %s"
              .formatted(name, packing.get().contributor().label()));
    }
    int batch = context.composition().batch();
    if (batch % samples != 0) {
      throw new UnusableComponentException(
          "a batch of %d samples cannot be packed by %d; set the batch to a multiple, such as %d"
              .formatted(batch, samples, (batch / samples + 1) * samples));
    }
    packing = Optional.of(new PackedInput(samples, context.contributor()));
  }

  @Override
  public int packSize() {
    return packing.map(PackedInput::samples).orElse(1);
  }

  @Override
  public void replaceHead(List<String> outputs, Supplier<Block> replacement) {
    if (block != null || head.isPresent()) {
      throw new UnusableComponentException(
          "the %s was applied, or its head replaced, already".formatted(name));
    }
    head = Optional.of(new ReplacementHead(replacement, context.contributor()));
    ports.replaceHead(outputs);
  }

  @Override
  public Signal mapWeights(String label, Function<NDList, NDArray> function) {
    return new GraphNode(
            context.uniqueName(label),
            new NodeOperation.WeightFunction(this, function),
            List.of(),
            List.of(new Shape()),
            context.contributor())
        .output(0);
  }

  @Override
  public void wrap(UnaryOperator<Block> wrap) {
    wraps.add(new BlockWrap(wrap, context.contributor()));
  }

  @Override
  public RandomStream randomStream(String stream) {
    return context.clock().stream("network/" + name + "/" + stream);
  }

  @Override
  public void afterUpdate(String action, Consumer<NDList> consumer) {
    addUpdateAction(action, consumer, context.contributor());
  }

  void addUpdateAction(String action, Consumer<NDList> consumer, ComponentOrigin contributor) {
    actions.add(new UpdateAction(action, consumer, contributor));
  }

  @Override
  public void averageWeights(String average, AveragingRule rule) {
    if (averaging.isPresent()) {
      throw new UnusableComponentException(
          "the weights of the %s are averaged already, by %s"
              .formatted(name, averaging.get().contributor().label()));
    }
    averaging = Optional.of(new AveragedWeights(average, rule, context.contributor()));
  }

  void assignPlayer(String owner) {
    player = owner;
  }

  /** The architecture. */
  ComponentOrigin origin() {
    return architecture.origin();
  }

  /** The output ports, in the order of the network's outputs. */
  List<String> ports() {
    return ports.outputs();
  }

  /** The input ports in the order in which applications name their inputs. */
  List<String> inputPorts() {
    return ports.inputs();
  }

  List<GraphNode> applications() {
    return List.copyOf(applications.values());
  }

  List<InputTransform> transforms() {
    return transforms;
  }

  List<UpdateAction> actions() {
    return actions;
  }

  Optional<AveragedWeights> averaging() {
    return averaging;
  }

  Optional<PackedInput> packing() {
    return packing;
  }

  /** The network; null until the role is applied. */
  Block block() {
    return block;
  }

  /** The shapes of the network's inputs, in the architecture's order, with the batch dimension. */
  Shape[] inputShapes() {
    return inputShapes.clone();
  }

  /**
   * Applies the network.
   *
   * @param parameters provides its parameters
   * @param inputs in the order of the role's ports
   * @param training whether layers are in training mode
   */
  NDList forward(ParameterStore parameters, NDList inputs, boolean training) {
    NDList ordered = new NDList();
    ports.inputOrder().forEach(i -> ordered.add(inputs.get(i)));
    return block.forward(parameters, ordered, training);
  }

  /** The shapes of the outputs for inputs of these shapes. Builds the network if necessary. */
  private List<Shape> outputShapes(List<Shape> inputs) {
    ports.requireInputs(inputs.size());
    if (block == null) {
      ports.requireArchitecture(context.contributor());
      block = build();
      firstUser = context.contributor();
    }
    Shape[] ordered =
        ports.inputOrder().stream()
            .map(inputs::get)
            .map(batch -> packing.map(p -> p.batch(batch)).orElse(batch))
            .toArray(Shape[]::new);
    List<Shape> outputs = outputShapes(block, ordered, origin());
    if (inputShapes == null) {
      inputShapes = ordered;
      ports.requireOutputs(outputs, context.contributor());
    }
    return outputs;
  }

  private List<Shape> outputShapes(Block network, Shape[] inputs, ComponentOrigin culprit) {
    try {
      return List.of(network.getOutputShapes(inputs));
    } catch (RuntimeException e) {
      throw new CompositionException(
          "the %s cannot take inputs of shape %s: %s"
              .formatted(name, List.of(inputs), e.getMessage()),
          List.of(culprit, context.contributor()),
          e);
    }
  }

  private Block build() {
    try {
      Block own = architecture.component().build(new RoleSite(this, ports));
      return head.map(h -> exchangeHead(own, h)).orElse(own);
    } catch (UnusableComponentException e) {
      throw CompositionException.of(e, origin(), context.contributor());
    }
  }

  private Block exchangeHead(Block own, ReplacementHead replacement) {
    if (own instanceof HeadedNetwork headed) {
      return headed.withHead(replacement.block().get());
    }
    throw new UnusableComponentException(
        "%s replaces the head of the %s, but this network does not consist of a trunk and a head"
            .formatted(replacement.contributor().label(), name));
  }

  /** Puts the wraps around the network. */
  void finish() {
    for (BlockWrap wrap : wraps) {
      List<Shape> before = List.of(block.getOutputShapes(inputShapes));
      try {
        block = wrap.wrap().apply(block);
      } catch (UnusableComponentException e) {
        throw CompositionException.of(e, wrap.contributor(), origin());
      }
      List<Shape> after = outputShapes(block, inputShapes, wrap.contributor());
      if (!before.equals(after)) {
        throw new CompositionException(
            "%s changes the outputs of the %s from %s to %s; a wrap must keep their shapes"
                .formatted(wrap.contributor().label(), name, before, after),
            List.of(wrap.contributor(), origin()));
      }
    }
  }
}
