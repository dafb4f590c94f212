package org.gantry.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gantry.architecture.Architecture;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.graph.AdversarialPair;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Schedule;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.prior.Prior;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;

/** The graph that a composition's components write into, one after the other. */
final class GraphBuilder implements Graph, AutoCloseable {

  /** A weighted scalar that a player minimises. */
  record LossTerm(
      String player, String name, double weight, NodeOutput value, ComponentOrigin contributor) {

    /** What it is called where it is reported. */
    String key() {
      return player + "/" + name;
    }
  }

  /** A scalar that is reported with every step. */
  record WatchedValue(String name, NodeOutput value) {}

  /** What becomes of a pair before the loss plays it. */
  private record PairRevision(
      String pair, UnaryOperator<AdversarialPair> function, ComponentOrigin contributor) {}

  /** A factor of a player's learning rate. */
  record RateFactor(String player, NodeOutput factor, ComponentOrigin contributor) {}

  private final Composition composition;
  private final StreamClock clock;
  private final NDManager scratch = Engine.getEngine("PyTorch").newBaseManager();
  private final Map<String, Integer> names = new HashMap<>();
  private final Map<NodeOperation, GraphNode> sources = new LinkedHashMap<>();
  private final Map<String, NetworkRole> roles = new LinkedHashMap<>();
  private final Set<String> players = new LinkedHashSet<>();
  private final Map<String, Dataset> draws = new HashMap<>();
  private final List<CarriedState> states = new ArrayList<>();
  private final List<AdversarialPair> pairs = new ArrayList<>();
  private final List<PairRevision> revisions = new ArrayList<>();
  private final List<LossTerm> terms = new ArrayList<>();
  private final List<WatchedValue> watches = new ArrayList<>();
  private final List<RateFactor> rates = new ArrayList<>();
  private ComponentOrigin contributor;

  GraphBuilder(Composition composition) {
    this.composition = composition;
    this.clock = new StreamClock(new RandomStreams(composition.seed()));
    this.contributor = composition.topology().origin();
  }

  // ---- Who is writing
  // ----------------------------------------------------------------------------

  /** Runs a component's part; what it adds is its contribution, and its misfit is its own. */
  void contribute(ComponentOrigin origin, Runnable part) {
    ComponentOrigin before = contributor;
    contributor = origin;
    try {
      part.run();
    } catch (UnusableComponentException e) {
      throw NetworkRole.misfit(e, origin);
    } catch (CompositionException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "%s (%s) failed while the graph was built: %s"
              .formatted(origin.label(), origin.bundle(), e),
          e);
    } finally {
      contributor = before;
    }
  }

  ComponentOrigin contributor() {
    return contributor;
  }

  StreamClock clock() {
    return clock;
  }

  // ---- Sources
  // -----------------------------------------------------------------------------------

  @Override
  public int batch() {
    return composition.batch();
  }

  @Override
  public Signal real(String field) {
    return real(field, "data");
  }

  @Override
  public Signal real(String field, String draw) {
    DatasetField described = field(field);
    String name = draw.equals("data") ? field : draw + "." + field;
    return source(
        name,
        new NodeOperation.DataField(field, draw),
        batched(described.shape()),
        composition.dataset().origin());
  }

  @Override
  public void drawFrom(String draw, Dataset from) {
    if (draws.putIfAbsent(draw, from) != null) {
      throw new UnusableComponentException(
          "it states twice where the draw " + draw + " is made from");
    }
  }

  @Override
  public Dataset dataset() {
    return composition.dataset().component();
  }

  @Override
  public DatasetField field(String name) {
    Dataset dataset = composition.dataset().component();
    return dataset
        .field(name)
        .orElseThrow(
            () ->
                new UnusableComponentException(
                    "it needs the field %s, but %s has %s"
                        .formatted(
                            name,
                            composition.dataset().origin().label(),
                            String.join(
                                ", ",
                                dataset.fields().stream().map(DatasetField::name).toList()))));
  }

  @Override
  public Signal latent(String name) {
    return source(
        name,
        new NodeOperation.LatentCodes(name),
        batched(prior().shape()),
        composition.prior().origin());
  }

  @Override
  public Prior prior() {
    return composition.prior().component();
  }

  @Override
  public Signal normal(String name, Shape shape) {
    return noise(name, shape, true);
  }

  @Override
  public Signal uniform(String name, Shape shape) {
    return noise(name, shape, false);
  }

  private Signal noise(String name, Shape shape, boolean normal) {
    String unique = unique(name);
    NodeOperation work = new NodeOperation.NoiseDraw(clock.stream("noise/" + unique), normal);
    return add(new GraphNode(unique, work, List.of(), List.of(shape), contributor));
  }

  @Override
  public Signal schedule(String name, Schedule schedule) {
    Signal signal =
        add(
            new GraphNode(
                unique(name),
                new NodeOperation.ScheduledScalar(schedule),
                List.of(),
                List.of(new Shape()),
                contributor));
    watch(signal.name(), signal);
    return signal;
  }

  @Override
  public ScalarState state(String name, double initial) {
    CarriedState state = new CarriedState(unique(name), initial);
    NodeOperation work = new NodeOperation.CarriedScalar(state);
    state.bind(
        add(new GraphNode(state.name(), work, List.of(), List.of(new Shape()), contributor)));
    states.add(state);
    watch(state.name(), state.signal());
    return state;
  }

  private Signal source(String name, NodeOperation work, Shape shape, ComponentOrigin origin) {
    return sources
        .computeIfAbsent(
            work, w -> new GraphNode(unique(name), w, List.of(), List.of(shape), origin))
        .value(0);
  }

  // ---- Networks
  // ----------------------------------------------------------------------------------

  @Override
  public Network network(String role, String kind) {
    NetworkRole declared = roles.get(role);
    if (declared == null) {
      declared = new NetworkRole(this, role, kind, architecture(role, kind));
      roles.put(role, declared);
    }
    return declared;
  }

  private BoundComponent<Architecture> architecture(String role, String kind) {
    BoundComponent<Architecture> byRole = composition.networks().get(role);
    BoundComponent<Architecture> architecture =
        byRole != null ? byRole : composition.networks().get(kind);
    if (architecture == null) {
      throw new CompositionException(
          "%s has a role %s, but the recipe names no architecture for it under networks"
              .formatted(contributor.label(), role),
          List.of(contributor),
          Optional.of(new CompositionException.MissingComponent(kind, List.of(), List.of())));
    }
    return architecture;
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
          "there is no network " + role + " here; there are " + String.join(", ", roles.keySet()));
    }
    return declared;
  }

  @Override
  public void assignPlayer(String name, Network... networks) {
    players.add(name);
    for (Network network : networks) {
      ((NetworkRole) network).player(name);
    }
  }

  GraphNode application(NetworkRole role, List<Signal> inputs) {
    List<Shape> shapes = role.outputs(inputs.stream().map(Signal::shape).toList());
    String arguments =
        String.join(", ", inputs.stream().map(i -> i.name().replaceFirst("\\(.*", "")).toList());
    return new GraphNode(
        unique(role.role() + "(" + arguments + ")"),
        new NodeOperation.NetworkCall(role),
        inputs.stream().map(NodeOutput.class::cast).toList(),
        shapes,
        role.origin());
  }

  Signal ofWeights(NetworkRole role, String name, Function<NDList, NDArray> function) {
    return add(
        new GraphNode(
            unique(name),
            new NodeOperation.WeightFunction(role, function),
            List.of(),
            List.of(new Shape()),
            contributor));
  }

  // ---- Functions
  // ---------------------------------------------------------------------------------

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
    List<NodeOutput> values = Arrays.stream(inputs).map(NodeOutput.class::cast).toList();
    return add(
        new GraphNode(
            unique(name),
            new NodeOperation.SignalFunction(function),
            values,
            List.of(shapeOf(name, function, values)),
            contributor));
  }

  /** The shape of a function's result, found by trying the function on zeros. */
  private Shape shapeOf(
      String name, Function<List<NDArray>, NDArray> function, List<NodeOutput> inputs) {
    boolean recording = Autograd.setRecording(false);
    try (NDManager trial = scratch.newSubManager()) {
      List<NDArray> zeros = inputs.stream().map(i -> trial.zeros(i.shape())).toList();
      NDArray result = function.apply(zeros);
      if (result.getDataType() != DataType.FLOAT32) {
        throw new UnusableComponentException(
            "its function %s gives %s instead of float32; multiply a scalar by a float, not a double"
                .formatted(name, result.getDataType()));
      }
      return result.getShape();
    } catch (UnusableComponentException e) {
      throw e;
    } catch (RuntimeException e) {
      CompositionException failure =
          new CompositionException(
              "the function %s of %s fails on %s: %s"
                  .formatted(name, contributor.label(), inputs, e.getMessage()),
              List.of(contributor),
              Optional.empty());
      failure.initCause(e);
      throw failure;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  public Signal gradient(Signal output, Signal input) {
    NodeOutput of = (NodeOutput) output;
    NodeOutput by = (NodeOutput) input;
    return add(
        new GraphNode(
            unique("gradient"),
            new NodeOperation.SignalGradient(),
            List.of(of, by),
            List.of(by.shape()),
            contributor));
  }

  // ---- The game
  // ----------------------------------------------------------------------------------

  @Override
  public void pair(
      String name, Network discriminator, Example real, List<String> makers, FakeExample... fakes) {
    if (pairs.stream().anyMatch(p -> p.name().equals(name))) {
      throw new UnusableComponentException("it states two adversarial pairs named " + name);
    }
    pairs.add(new AdversarialPair(name, discriminator, real, makers, List.of(fakes)));
  }

  @Override
  public void revisePair(String name, UnaryOperator<AdversarialPair> revision) {
    if (pairs.stream().noneMatch(p -> p.name().equals(name))) {
      throw new UnusableComponentException(
          "there is no adversarial pair %s; there are %s"
              .formatted(
                  name, String.join(", ", pairs.stream().map(AdversarialPair::name).toList())));
    }
    revisions.add(new PairRevision(name, revision, contributor));
  }

  /** Makes of the pairs what the loss is to play, after all have seen them as they were stated. */
  void revise() {
    for (PairRevision revision : revisions) {
      contribute(
          revision.contributor(),
          () ->
              pairs.replaceAll(
                  p -> p.name().equals(revision.pair()) ? revision.function().apply(p) : p));
    }
    revisions.clear();
  }

  @Override
  public List<AdversarialPair> pairs() {
    return List.copyOf(pairs);
  }

  @Override
  public Loss loss() {
    return composition.loss().component();
  }

  @Override
  public void minimise(String player, String name, double weight, Signal signal) {
    if (signal.shape().dimension() != 0) {
      throw new UnusableComponentException(
          "the term %s of the %s must be a scalar, but has shape %s"
              .formatted(name, player, signal.shape()));
    }
    String key = player + "/" + name;
    Integer before = names.merge(key, 1, Integer::sum);
    terms.add(
        new LossTerm(
            player,
            before == 1 ? name : name + "-" + before,
            weight,
            (NodeOutput) signal,
            contributor));
  }

  @Override
  public void scaleLearningRate(String player, Signal factor) {
    if (factor.shape().dimension() != 0) {
      throw new UnusableComponentException(
          "what scales the learning rate of the %s must be a scalar, but has shape %s"
              .formatted(player, factor.shape()));
    }
    rates.add(new RateFactor(player, (NodeOutput) factor, contributor));
  }

  @Override
  public void watch(String name, Signal signal) {
    if (signal.shape().dimension() != 0) {
      throw new UnusableComponentException(
          "the watched value %s must be a scalar, but has shape %s"
              .formatted(name, signal.shape()));
    }
    watches.add(new WatchedValue(name, (NodeOutput) signal));
  }

  // ---- The end
  // -----------------------------------------------------------------------------------

  /**
   * Puts the transforms, then the packing, on the edges that enter networks, and the wraps around
   * the blocks.
   */
  void finish() {
    for (NetworkRole role : roles.values()) {
      List<String> ports = role.inputPorts();
      Map<String, Map<NodeOutput, NodeOutput>> done = new HashMap<>();
      for (GraphNode application : role.applications()) {
        List<NodeOutput> inputs = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
          String port = ports.get(i);
          Map<NodeOutput, NodeOutput> edges = done.computeIfAbsent(port, p -> new HashMap<>());
          NodeOutput arriving = application.inputs().get(i);
          if (!edges.containsKey(arriving)) {
            edges.put(arriving, pack(role, transform(role, port, arriving)));
          }
          inputs.add(edges.get(arriving));
        }
        application.rewire(inputs);
      }
      if (role.block() != null) {
        role.finish();
      }
    }
  }

  private NodeOutput transform(NetworkRole role, String port, NodeOutput arriving) {
    NodeOutput[] value = {arriving};
    for (NetworkRole.InputTransform transform : role.transforms()) {
      if (transform.port().equals(port)) {
        contribute(
            transform.contributor(),
            () -> {
              NodeOutput before = value[0];
              value[0] = (NodeOutput) transform.function().apply(before);
              if (!value[0].shape().equals(before.shape())) {
                throw new UnusableComponentException(
                    "it changes what enters the %s from shape %s to %s"
                        .formatted(role.role(), before.shape(), value[0].shape()));
              }
            });
      }
    }
    return value[0];
  }

  private NodeOutput pack(NetworkRole role, NodeOutput arriving) {
    NodeOutput[] value = {arriving};
    role.packing()
        .ifPresent(
            p ->
                contribute(
                    p.contributor(),
                    () -> value[0] = (NodeOutput) map("packed", p::join, arriving)));
    return value[0];
  }

  Map<String, NetworkRole> roles() {
    return roles;
  }

  /** The players: those who judge first, then the others, each in the order declared. */
  List<String> players() {
    Set<String> ordered = new LinkedHashSet<>();
    pairs.forEach(p -> ordered.add(p.discriminator().player()));
    ordered.addAll(players);
    roles.values().forEach(r -> ordered.add(r.player()));
    return List.copyOf(ordered);
  }

  Map<String, Dataset> draws() {
    return draws;
  }

  List<LossTerm> terms() {
    return terms;
  }

  List<WatchedValue> watches() {
    return watches;
  }

  List<RateFactor> rates() {
    return rates;
  }

  List<CarriedState> states() {
    return states;
  }

  private Signal add(GraphNode vertex) {
    return vertex.value(0);
  }

  private String unique(String name) {
    int count = names.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "-" + count;
  }

  private Shape batched(Shape sample) {
    return new Shape(batch()).addAll(sample);
  }

  /** A shape without its batch dimension. */
  static Shape sample(Shape shape) {
    return shape.slice(1);
  }

  @Override
  public void close() {
    scratch.close();
  }
}
