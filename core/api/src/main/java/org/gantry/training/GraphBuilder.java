package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Schedule;
import org.gantry.graph.Signal;
import org.gantry.graph.TensorState;
import org.gantry.prior.Prior;

/** The graph that the components of a composition write into, one after the other. */
final class GraphBuilder implements Graph, AutoCloseable {

  private final BuildContext context;
  private final SourceNodes sources;
  private final FunctionNodes functions;
  private final GameRules rules;
  private final Map<String, NetworkRole> roles;
  private final Set<String> players;
  private final int batch;

  GraphBuilder(Composition composition) {
    context = new BuildContext(composition);
    sources = new SourceNodes(context);
    functions = new FunctionNodes(context);
    rules = new GameRules(context);
    roles = new LinkedHashMap<>();
    players = new LinkedHashSet<>();
    batch = composition.batch();
  }

  /** Another view of a graph under construction. */
  private GraphBuilder(GraphBuilder whole, int batch) {
    context = whole.context;
    sources = whole.sources;
    functions = whole.functions;
    rules = whole.rules;
    roles = whole.roles;
    players = whole.players;
    this.batch = batch;
  }

  BuildContext context() {
    return context;
  }

  SourceNodes sources() {
    return sources;
  }

  GameRules rules() {
    return rules;
  }

  Map<String, NetworkRole> roles() {
    return roles;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Graph withBatch(int other) {
    if (other < 1) {
      throw new UnusableComponentException("a batch needs at least one sample, not " + other);
    }
    return new GraphBuilder(this, other);
  }

  @Override
  public List<String> draws() {
    return List.copyOf(context.composition().datasets().keySet());
  }

  @Override
  public Signal real(String field, String draw) {
    return sources.real(field, draw, batch, false);
  }

  @Override
  public Signal mismatched(String field, String draw) {
    return sources.real(field, draw, batch, true);
  }

  @Override
  public void drawFrom(String draw, Dataset from) {
    sources.drawFrom(draw, from);
  }

  @Override
  public Dataset dataset(String draw) {
    return sources.dataset(draw);
  }

  @Override
  public DatasetField field(String name, String draw) {
    return sources.field(name, draw);
  }

  @Override
  public Signal latent(String name) {
    return sources.latent(name, batch);
  }

  @Override
  public Prior prior() {
    return context.composition().prior().component();
  }

  @Override
  public Signal normal(String name, Shape shape) {
    return sources.noise(name, shape, true);
  }

  @Override
  public Signal uniform(String name, Shape shape) {
    return sources.noise(name, shape, false);
  }

  @Override
  public Signal schedule(String name, Schedule schedule) {
    Signal signal = sources.schedule(name, schedule);
    watch(signal.name(), signal);
    return signal;
  }

  @Override
  public ScalarState state(String name, double initial) {
    GraphScalarState state = sources.state(name, initial);
    watch(state.name(), state.signal());
    return state;
  }

  @Override
  public TensorState state(String name, Shape shape, double initial) {
    return sources.state(name, shape, initial);
  }

  @Override
  public void use(String name, Signal output) {
    rules.addUse(new GraphUse(name, (NodeOutput) output, Optional.empty()));
  }

  @Override
  public void use(String name, Signal output, Signal counterpart) {
    rules.addUse(new GraphUse(name, (NodeOutput) output, Optional.of((NodeOutput) counterpart)));
  }

  @Override
  public Map<Signal, Signal> counterparts() {
    return rules.counterparts();
  }

  @Override
  public Signal typed(ValueType type, Signal signal) {
    return functions.typed(type, (NodeOutput) signal);
  }

  @Override
  public Network network(String role, String kind) {
    return roles.computeIfAbsent(
        role, r -> new NetworkRole(context, r, kind, architecture(r, kind)));
  }

  @Override
  public Network network(String role, String kind, NetworkPorts ports, Architecture own) {
    return roles.computeIfAbsent(
        role,
        r ->
            new NetworkRole(
                context, r, kind, named(r, kind).orElseGet(() -> brought(r, kind, ports, own))));
  }

  /** An architecture that the contributor of the role brings along. */
  private BoundComponent<Architecture> brought(
      String role, String kind, NetworkPorts ports, Architecture own) {
    ComponentOrigin by = context.contributor();
    List<String> takes =
        Stream.concat(ports.takes().stream(), ports.accepts().stream().map(p -> p + "?")).toList();
    return new BoundComponent<>(
        own,
        new ComponentOrigin(
            kind, role, by.version(), by.bundle(), takes, ports.gives(), by.where()));
  }

  /** The architecture of the role in the recipe, or else that of the kind. */
  private Optional<BoundComponent<Architecture>> named(String role, String kind) {
    Map<String, BoundComponent<Architecture>> networks = context.composition().networks();
    return Optional.ofNullable(networks.get(role))
        .or(() -> Optional.ofNullable(networks.get(kind)));
  }

  private BoundComponent<Architecture> architecture(String role, String kind) {
    return named(role, kind)
        .orElseThrow(
            () ->
                new CompositionException(
                    "%s has a role %s, but the recipe names no architecture for it under networks"
                        .formatted(context.contributor().label(), role),
                    List.of(context.contributor()),
                    Optional.of(
                        new CompositionException.MissingComponent(
                            kind, role, List.of(), List.of()))));
  }

  @Override
  public List<Network> networks() {
    return List.copyOf(roles.values());
  }

  @Override
  public Network network(String role) {
    NetworkRole declared = roles.get(role);
    if (declared == null) {
      throw new UnusableComponentException(
          "the graph has no network " + role + "; it has " + String.join(", ", roles.keySet()));
    }
    return declared;
  }

  @Override
  public void assignPlayer(String name, Network... networks) {
    players.add(name);
    for (Network network : networks) {
      ((NetworkRole) network).assignPlayer(name);
    }
  }

  @Override
  public Signal map(String name, UnaryOperator<NDArray> function, Signal input) {
    return combine(name, values -> function.apply(values.get(0)), input);
  }

  @Override
  public Signal map(String name, BinaryOperator<NDArray> function, Signal first, Signal second) {
    return combine(name, values -> function.apply(values.get(0), values.get(1)), first, second);
  }

  @Override
  public Signal combine(String name, Function<List<NDArray>, NDArray> function, Signal... inputs) {
    return functions.combine(
        name, function, Arrays.stream(inputs).map(NodeOutput.class::cast).toList());
  }

  @Override
  public Signal gradient(Signal output, Signal input) {
    return functions.gradient((NodeOutput) output, (NodeOutput) input);
  }

  @Override
  public void pair(
      String name, Network discriminator, Example real, List<String> makers, FakeExample... fakes) {
    rules.addPair(new AdversarialPair(name, discriminator, real, makers, List.of(fakes)));
  }

  @Override
  public void revisePair(String name, UnaryOperator<AdversarialPair> revision) {
    rules.revisePair(name, revision);
  }

  @Override
  public List<AdversarialPair> pairs() {
    return List.copyOf(rules.pairs());
  }

  @Override
  public <T> Optional<T> loss(Class<T> type) {
    return Optional.of(context.composition().loss().component())
        .filter(type::isInstance)
        .map(type::cast);
  }

  @Override
  public void minimise(String player, String name, double weight, Signal signal) {
    rules.minimise(player, name, weight, signal);
  }

  @Override
  public void scaleLearningRate(String player, Signal factor) {
    rules.scaleLearningRate(player, factor);
  }

  @Override
  public void watch(String name, Signal signal) {
    rules.watch(name, signal);
  }

  /** Inserts transforms and packing in front of the networks, and wraps the networks. */
  void finish() {
    InputEdges edges = new InputEdges(context, functions);
    for (NetworkRole role : roles.values()) {
      edges.insertTransforms(role);
      if (role.block() != null) {
        role.finish();
      }
    }
  }

  /** The players all of whose networks are frozen, so that they have nothing to update. */
  Set<String> idlePlayers() {
    Set<String> idle = new LinkedHashSet<>();
    roles.values().forEach(r -> idle.add(r.player()));
    idle.removeIf(this::trains);
    return idle;
  }

  private boolean trains(String player) {
    return roles.values().stream().anyMatch(r -> r.isTrainedBy(player));
  }

  /** The players that train a network: discriminators' first, each in the order declared. */
  List<String> players() {
    Set<String> ordered = new LinkedHashSet<>();
    rules.pairs().forEach(p -> ordered.add(p.discriminator().player()));
    ordered.addAll(players);
    roles.values().forEach(r -> ordered.add(r.player()));
    ordered.removeIf(p -> !trains(p));
    return List.copyOf(ordered);
  }

  @Override
  public void close() {
    functions.close();
  }
}
