package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.graph.Network;
import org.gantry.graph.NetworkOutputs;
import org.gantry.graph.Signal;
import org.gantry.layers.HeadedNetwork;
import org.gantry.tensor.RandomStream;

/** A role and the network that takes it, under construction and after. */
final class NetworkRole implements Network {

  /** A transform of one input port, and who put it there. */
  record InputTransform(String port, UnaryOperator<Signal> function, ComponentOrigin contributor) {}

  /** What happens to the parameters after each update. */
  record UpdateAction(String name, Consumer<NDList> action, ComponentOrigin contributor) {}

  /** How a copy of the weights follows them. */
  record AveragedWeights(String name, AveragingRule rule, ComponentOrigin contributor) {}

  /** How many samples the network looks at together, and who says so. */
  record SamplePacking(int samples, ComponentOrigin contributor) {

    /** The shape of packs of samples, without the batch dimension. */
    Shape sample(Shape sample) {
      return sample.dimension() == 0
          ? new Shape(samples)
          : new Shape(samples * sample.get(0)).addAll(sample.slice(1));
    }

    /** The shape of a batch of packs. */
    Shape batch(Shape batch) {
      return new Shape(batch.get(0) / samples).addAll(sample(GraphBuilder.sample(batch)));
    }

    /** Packs a batch; the result belongs to its manager. */
    NDArray join(NDArray batch) {
      return batch.reshape(batch(batch.getShape()));
    }
  }

  /** A head in place of the architecture's own, and who put it there. */
  private record ReplacementHead(
      List<String> ports, Supplier<Block> block, ComponentOrigin contributor) {}

  private record BlockWrap(UnaryOperator<Block> wrap, ComponentOrigin contributor) {}

  private final GraphBuilder graph;
  private final String name;
  private final String kind;
  private final BoundComponent<Architecture> architecture;
  private final Map<String, Shape> takes = new LinkedHashMap<>();
  private final Map<String, Shape> gives = new LinkedHashMap<>();
  private final List<InputTransform> transforms = new ArrayList<>();
  private final List<BlockWrap> wraps = new ArrayList<>();
  private final List<UpdateAction> actions = new ArrayList<>();
  private final Map<List<Signal>, GraphNode> applications = new LinkedHashMap<>();
  private Optional<AveragedWeights> averaging = Optional.empty();
  private Optional<SamplePacking> packing = Optional.empty();
  private Optional<ReplacementHead> head = Optional.empty();
  private String player;
  private Block block;
  private ComponentOrigin firstUser;
  private Shape[] inputShapes;

  NetworkRole(
      GraphBuilder graph, String name, String kind, BoundComponent<Architecture> architecture) {
    this.graph = graph;
    this.name = name;
    this.kind = kind;
    this.architecture = architecture;
    this.player = name;
  }

  // ---- What plugins do with it
  // -------------------------------------------------------------------

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
    takes.put(port, GraphBuilder.sample(like.shape()));
    return this;
  }

  @Override
  public Network gives(String port, Signal like) {
    gives.put(port, GraphBuilder.sample(like.shape()));
    return this;
  }

  @Override
  public NetworkOutputs apply(Signal... inputs) {
    List<Signal> key = List.of(inputs);
    GraphNode vertex = applications.get(key);
    if (vertex == null) {
      vertex = graph.application(this, key);
      applications.put(key, vertex);
    }
    GraphNode applied = vertex;
    return port -> applied.value(output(port));
  }

  @Override
  public void transformInput(String port, UnaryOperator<Signal> transform) {
    if (!takes.containsKey(port)) {
      throw new UnusableComponentException(
          "the " + name + " has no input port " + port + "; it has " + takes.keySet());
    }
    transforms.add(new InputTransform(port, transform, graph.contributor()));
  }

  @Override
  public void pack(int samples) {
    if (block != null) {
      throw new UnusableComponentException(
          firstUser.kind().equals(ComponentKind.TOPOLOGY)
              ? "%s applies the %s to single samples, so it cannot judge packs of them"
                  .formatted(firstUser.label(), name)
              : "%s has applied the %s to single samples already; list what packs them before it"
                  .formatted(firstUser.label(), name));
    }
    if (packing.isPresent()) {
      throw new UnusableComponentException(
          "what enters the %s is packed already, by %s"
              .formatted(name, packing.get().contributor().label()));
    }
    int batch = graph.batch();
    if (batch % samples != 0) {
      throw new UnusableComponentException(
          "a batch of %d samples cannot be packed by %d; set the batch to a multiple, such as %d"
              .formatted(batch, samples, (batch / samples + 1) * samples));
    }
    packing = Optional.of(new SamplePacking(samples, graph.contributor()));
  }

  @Override
  public int packSize() {
    return packing.map(SamplePacking::samples).orElse(1);
  }

  @Override
  public void replaceHead(List<String> ports, Supplier<Block> block) {
    if (this.block != null || head.isPresent()) {
      throw new UnusableComponentException(
          "the %s has been applied, or got another head, already".formatted(name));
    }
    head = Optional.of(new ReplacementHead(List.copyOf(ports), block, graph.contributor()));
  }

  @Override
  public Signal mapWeights(String label, Function<NDList, NDArray> function) {
    return graph.ofWeights(this, label, function);
  }

  @Override
  public void wrap(UnaryOperator<Block> wrap) {
    wraps.add(new BlockWrap(wrap, graph.contributor()));
  }

  @Override
  public RandomStream randomStream(String stream) {
    return graph.clock().stream("network/" + name + "/" + stream);
  }

  @Override
  public void afterUpdate(String action, Consumer<NDList> consumer) {
    actions.add(new UpdateAction(action, consumer, graph.contributor()));
  }

  @Override
  public void averageWeights(String average, AveragingRule rule) {
    if (averaging.isPresent()) {
      throw new UnusableComponentException(
          "the weights of the "
              + name
              + " are averaged already, by "
              + averaging.get().contributor().label());
    }
    averaging = Optional.of(new AveragedWeights(average, rule, graph.contributor()));
  }

  // ---- What the graph does with it
  // ---------------------------------------------------------------

  void player(String player) {
    this.player = player;
  }

  ComponentOrigin origin() {
    return architecture.origin();
  }

  List<String> ports() {
    List<String> own = architecture.origin().gives();
    if (head.isEmpty() || own.isEmpty()) {
      return own;
    }
    List<String> all = new ArrayList<>(head.get().ports());
    all.addAll(own.subList(1, own.size()));
    return all;
  }

  /** The input ports in the order in which applications name their inputs. */
  List<String> inputPorts() {
    return List.copyOf(takes.keySet());
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

  Optional<SamplePacking> packing() {
    return packing;
  }

  Block block() {
    return block;
  }

  Shape[] inputShapes() {
    return inputShapes.clone();
  }

  /** For each of the architecture's input ports, which of the role's inputs arrives there. */
  List<Integer> order() {
    List<String> given = List.copyOf(takes.keySet());
    return architecture.origin().takes().stream().map(given::indexOf).toList();
  }

  /**
   * Builds the network if need be and says what it gives for inputs of these shapes, as they
   * arrive.
   */
  List<Shape> outputs(List<Shape> shapes) {
    if (shapes.size() != takes.size()) {
      throw new UnusableComponentException(
          "the "
              + name
              + " takes "
              + takes.keySet()
              + ", but is applied to "
              + shapes.size()
              + " signals");
    }
    if (block == null) {
      checkPorts();
      block = build();
      firstUser = graph.contributor();
    }
    Shape[] ordered = order().stream().map(shapes::get).map(this::packed).toArray(Shape[]::new);
    List<Shape> outputs = outputShapes(block, ordered, origin());
    if (inputShapes == null) {
      inputShapes = ordered;
      checkOutputs(outputs);
    }
    return outputs;
  }

  /** Puts the wraps around the block. */
  void finish() {
    for (BlockWrap wrap : wraps) {
      List<Shape> before = List.of(block.getOutputShapes(inputShapes));
      try {
        block = wrap.wrap().apply(block);
      } catch (UnusableComponentException e) {
        throw misfit(e, wrap.contributor(), origin());
      }
      List<Shape> after = outputShapes(block, inputShapes, wrap.contributor());
      if (!before.equals(after)) {
        throw new CompositionException(
            "%s changes what the %s gives from %s to %s; a wrap must keep it"
                .formatted(wrap.contributor().label(), name, before, after),
            List.of(wrap.contributor(), origin()),
            Optional.empty());
      }
    }
  }

  private Shape packed(Shape batch) {
    return packing.map(p -> p.batch(batch)).orElse(batch);
  }

  private int output(String port) {
    int index = ports().indexOf(port);
    if (index < 0) {
      throw new CompositionException(
          "%s reads the port %s of the %s, but %s (%s) gives %s"
              .formatted(
                  graph.contributor().label(),
                  port,
                  name,
                  origin().label(),
                  origin().bundle(),
                  String.join(", ", ports())),
          List.of(origin(), graph.contributor()),
          Optional.of(
              new CompositionException.MissingComponent(
                  kind, List.copyOf(takes.keySet()), List.of(port))));
    }
    return index;
  }

  private void checkPorts() {
    List<String> given = List.copyOf(takes.keySet());
    List<String> wanted = architecture.origin().takes();
    boolean fits =
        wanted.containsAll(given)
            && given.containsAll(wanted)
            && ports().containsAll(gives.keySet());
    if (!fits) {
      throw new CompositionException(
          "%s gives the %s %s and wants %s from it, but %s (%s) takes %s and gives %s"
              .formatted(
                  graph.contributor().label(),
                  name,
                  list(given),
                  list(gives.keySet()),
                  origin().label(),
                  origin().bundle(),
                  list(wanted),
                  list(ports())),
          List.of(origin(), graph.contributor()),
          Optional.of(
              new CompositionException.MissingComponent(kind, given, List.copyOf(gives.keySet()))));
    }
  }

  private static String list(Iterable<String> names) {
    String joined = String.join(", ", names);
    return joined.isEmpty() ? "nothing" : joined;
  }

  private Block build() {
    try {
      Block own = architecture.component().build(new RoleSite());
      return head.map(h -> exchanged(own, h)).orElse(own);
    } catch (UnusableComponentException e) {
      throw misfit(e, origin(), graph.contributor());
    }
  }

  private Block exchanged(Block own, ReplacementHead other) {
    if (own instanceof HeadedNetwork headed) {
      return headed.withHead(other.block().get());
    }
    throw new UnusableComponentException(
        "%s gives the %s a head of its own, but this network is no trunk with a head"
            .formatted(other.contributor().label(), name));
  }

  private void checkOutputs(List<Shape> outputs) {
    if (outputs.size() != ports().size()) {
      throw new CompositionException(
          "%s (%s) says it gives %s, but its network gives %d arrays"
              .formatted(origin().label(), origin().bundle(), list(ports()), outputs.size()),
          List.of(origin()),
          Optional.empty());
    }
    gives.forEach(
        (port, wanted) -> {
          Shape actual = GraphBuilder.sample(outputs.get(ports().indexOf(port)));
          if (!actual.equals(wanted)) {
            throw new CompositionException(
                "the %s must give %s of shape %s, but %s (%s) gives %s"
                    .formatted(name, port, wanted, origin().label(), origin().bundle(), actual),
                List.of(origin(), graph.contributor()),
                Optional.empty());
          }
        });
  }

  private List<Shape> outputShapes(Block network, Shape[] shapes, ComponentOrigin culprit) {
    try {
      return List.of(network.getOutputShapes(shapes));
    } catch (RuntimeException e) {
      CompositionException failure =
          new CompositionException(
              "the %s cannot take inputs of shape %s: %s"
                  .formatted(name, List.of(shapes), e.getMessage()),
              List.of(culprit, graph.contributor()),
              Optional.empty());
      failure.initCause(e);
      throw failure;
    }
  }

  static CompositionException misfit(
      UnusableComponentException misfit, ComponentOrigin... origins) {
    CompositionException failure =
        new CompositionException(
            origins[0].label() + " does not fit: " + misfit.getMessage(),
            List.of(origins),
            Optional.empty());
    failure.initCause(misfit);
    return failure;
  }

  /** The place of this role, as its architecture sees it. */
  private final class RoleSite implements NetworkSite {

    @Override
    public String role() {
      return name;
    }

    @Override
    public Shape input(String port) {
      Shape sample = shape(takes, port, "gives it nothing at the port ");
      return packing.map(p -> p.sample(sample)).orElse(sample);
    }

    @Override
    public Shape output(String port) {
      return shape(gives, port, "wants nothing from its port ");
    }

    @Override
    public RandomStream randomStream(String stream) {
      return NetworkRole.this.randomStream(stream);
    }

    @Override
    public void afterUpdate(String action, Runnable runnable) {
      actions.add(new UpdateAction(action, weights -> runnable.run(), origin()));
    }

    private Shape shape(Map<String, Shape> ports, String port, String otherwise) {
      Shape shape = ports.get(port);
      if (shape == null) {
        throw new UnusableComponentException(
            "the topology has a role " + name + ", but " + otherwise + port);
      }
      return shape;
    }
  }
}
