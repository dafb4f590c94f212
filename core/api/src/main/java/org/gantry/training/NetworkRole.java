package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.ValueType;
import org.gantry.export.ScriptForm;
import org.gantry.graph.Network;
import org.gantry.graph.NetworkOutputs;
import org.gantry.graph.Signal;
import org.gantry.tensor.RandomStream;

/** A role and its network, which is built on the first application. */
final class NetworkRole implements Network {

  /** A transform of one input port. */
  record InputTransform(String port, UnaryOperator<Signal> function, ComponentOrigin contributor) {}

  /** An action on the parameters after each update. */
  record UpdateAction(String name, Consumer<NDList> action, ComponentOrigin contributor) {}

  /** The rule by which a copy of the weights follows them. */
  record AveragedWeights(String name, AveragingRule rule, ComponentOrigin contributor) {}

  private final BuildContext context;
  private final String name;
  private final String kind;
  private final BoundComponent<Architecture> architecture;
  private final RolePorts ports;
  private final RoleBlock network;
  private final List<InputTransform> transforms = new ArrayList<>();
  private final List<UpdateAction> actions = new ArrayList<>();
  private final Map<List<Signal>, GraphNode> applications = new LinkedHashMap<>();
  private Optional<AveragedWeights> averaging = Optional.empty();
  private Optional<PackedInput> packing = Optional.empty();
  private boolean frozen;
  private String player;

  NetworkRole(
      BuildContext context, String name, String kind, BoundComponent<Architecture> architecture) {
    this.context = context;
    this.name = name;
    this.kind = kind;
    this.architecture = architecture;
    ComponentOrigin origin = architecture.origin();
    NetworkPorts declared = NetworkPorts.declared(origin.takes(), origin.gives());
    this.ports = new RolePorts(name, kind, origin, architecture.component().ports(declared));
    this.network = new RoleBlock(context, this, architecture.component(), ports);
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
    ports.take(port, like);
    return this;
  }

  @Override
  public Network gives(String port, Signal like) {
    ports.give(port, like);
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
    List<Shape> shapes = network.apply(inputs.stream().map(Signal::shape).toList());
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
  public List<List<Signal>> appliedTo() {
    return List.copyOf(applications.keySet());
  }

  @Override
  public List<String> inputPorts(ValueType type) {
    return ports.inputs().stream().filter(port -> ports.inputType(port) == type).toList();
  }

  @Override
  public List<String> outputPorts() {
    return ports.outputs();
  }

  @Override
  public void freeze() {
    frozen = true;
  }

  @Override
  public boolean isFrozen() {
    return frozen || setup().isFrozen() || network.hasNoParameters();
  }

  /** Whether a player's updates change the network. */
  boolean isTrainedBy(String updating) {
    return player.equals(updating) && !isFrozen();
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
    if (network.isBuilt()) {
      ComponentOrigin firstUser = network.firstUser();
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
    network.replaceHead(replacement);
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
    network.wrap(wrap);
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

  /** How the network starts and trains. */
  NetworkSetup setup() {
    return context.composition().setupOf(name);
  }

  /** The architecture. */
  ComponentOrigin origin() {
    return architecture.origin();
  }

  /** The input ports in the order in which applications name their inputs. */
  List<String> inputPorts() {
    return ports.inputs();
  }

  /** The ports of the block's inputs, in order. */
  List<String> blockInputs() {
    return ports.blockInputs();
  }

  /** For each of the block's inputs, the index of the application's argument. */
  List<Integer> blockInputOrder() {
    return ports.inputOrder();
  }

  /** What the network gives at each output port. */
  List<ValueType> portTypes() {
    return ports.outputTypes();
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

  /** How a copy follows the weights; empty for a frozen network, which its copy would equal. */
  Optional<AveragedWeights> averaging() {
    return isFrozen() ? Optional.empty() : averaging;
  }

  /** The data set of a draw; the main one for a draw that a topology adds. */
  Dataset dataset(String draw) {
    Composition composition = context.composition();
    return composition.datasets().getOrDefault(draw, composition.dataset()).component();
  }

  Optional<PackedInput> packing() {
    return packing;
  }

  /** The network; null until the role is applied. */
  Block block() {
    return network.block();
  }

  /** The shapes of the network's inputs, in the architecture's order, with the batch dimension. */
  Shape[] inputShapes() {
    return network.inputShapes();
  }

  /**
   * Applies the network.
   *
   * @param parameters provides its parameters
   * @param inputs in the order of the role's ports
   * @param training whether layers are in training mode
   */
  NDList forward(ParameterStore parameters, NDList inputs, boolean training) {
    return network.forward(parameters, inputs, training);
  }

  /** Computes trainings in one call from now on; see {@link RoleBlock#compile}. */
  void compile(NDManager manager, ScriptForm form) {
    network.compile(manager, form);
  }

  /** The form in which trainings compute the network in one call; empty if layer by layer. */
  Optional<ScriptForm> form() {
    return network.form();
  }

  boolean isWrapped() {
    return network.isWrapped();
  }

  /** Builds another instance of the network, without wraps and without effect on the role. */
  Block newBlock() {
    return network.newBlock();
  }

  /** Puts the wraps around the network. */
  void finish() {
    network.finish();
  }
}
