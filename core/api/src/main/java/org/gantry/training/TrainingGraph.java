package org.gantry.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.graph.AdversarialPair;
import org.gantry.loss.Loss;
import org.gantry.regularizer.Regularizer;
import org.gantry.topology.Topology;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;

/**
 * A composition that fits: every role filled, every port and shape agreed, every trainable network
 * reached by a term. No parameter exists yet. Immutable as far as its users can see; any number of
 * {@link Session}s can be opened on it.
 */
public final class TrainingGraph {

  private final Composition composition;
  private final StreamClock clock;
  private final Map<String, NetworkRole> roles;
  private final List<String> players;
  private final List<GraphBuilder.LossTerm> terms;
  private final List<GraphBuilder.WatchedValue> watches;
  private final List<GraphBuilder.RateFactor> rates;
  private final List<CarriedState> states;
  private final Map<String, Dataset> draws;
  private final List<AdversarialPair> pairs;
  private final List<GraphNode> vertices;
  private final NodeDependencies dependencies;

  private TrainingGraph(Composition composition, GraphBuilder builder) {
    this.composition = composition;
    clock = builder.clock();
    roles = new LinkedHashMap<>(builder.roles());
    players = builder.players();
    terms = List.copyOf(builder.terms());
    watches = List.copyOf(builder.watches());
    rates = List.copyOf(builder.rates());
    states = List.copyOf(builder.states());
    draws = Map.copyOf(builder.draws());
    pairs = List.copyOf(builder.pairs());
    vertices = sort();
    dependencies = new NodeDependencies(vertices);
  }

  /**
   * Builds and checks the graph. Starts the engine, because shapes of functions are found by trying
   * them on zeros.
   *
   * @throws CompositionException if something does not fit
   */
  public static TrainingGraph build(Composition composition) {
    try (GraphBuilder builder = new GraphBuilder(composition)) {
      BoundComponent<Topology> topology = composition.topology();
      builder.contribute(topology.origin(), () -> topology.component().wire(builder));
      for (BoundComponent<Regularizer> regularizer : composition.regularizers()) {
        builder.contribute(regularizer.origin(), () -> regularizer.component().edit(builder));
      }
      builder.revise();
      BoundComponent<Loss> loss = composition.loss();
      for (AdversarialPair pair : builder.pairs()) {
        builder.contribute(loss.origin(), () -> loss.component().addTerms(pair, builder));
      }
      checkApplied(composition, builder);
      builder.finish();
      TrainingGraph graph = new TrainingGraph(composition, builder);
      graph.check();
      return graph;
    }
  }

  // ---- Checks
  // ------------------------------------------------------------------------------------

  private static void checkApplied(Composition composition, GraphBuilder builder) {
    if (builder.pairs().isEmpty()) {
      throw new CompositionException(
          composition.topology().origin().label() + " states no adversarial pair",
          List.of(composition.topology().origin()),
          Optional.empty());
    }
    for (NetworkRole role : builder.roles().values()) {
      if (role.block() == null) {
        throw new CompositionException(
            "%s declares a role %s that nothing applies"
                .formatted(composition.topology().origin().label(), role.role()),
            List.of(composition.topology().origin(), role.origin()),
            Optional.empty());
      }
    }
  }

  private void check() {
    for (GraphBuilder.LossTerm term : terms) {
      if (!players.contains(term.player())) {
        throw new CompositionException(
            "%s adds the term %s to a player %s, but the players are %s"
                .formatted(
                    term.contributor().label(),
                    term.name(),
                    term.player(),
                    String.join(", ", players)),
            List.of(term.contributor()),
            Optional.empty());
      }
    }
    for (GraphBuilder.RateFactor rate : rates) {
      if (!players.contains(rate.player())) {
        throw new CompositionException(
            "%s scales the learning rate of a player %s, but the players are %s"
                .formatted(rate.contributor().label(), rate.player(), String.join(", ", players)),
            List.of(rate.contributor()),
            Optional.empty());
      }
    }
    for (NetworkRole role : roles.values()) {
      boolean reached =
          terms.stream()
              .filter(t -> t.player().equals(role.player()))
              .anyMatch(t -> dependencies.roles(t.value().vertex()).contains(role));
      if (!reached) {
        throw new CompositionException(
            "no term of the player %s reaches the %s, so it would never learn"
                .formatted(role.player(), role.role()),
            List.of(composition.loss().origin(), composition.topology().origin(), role.origin()),
            Optional.empty());
      }
    }
    for (String player : composition.updates().keySet()) {
      if (!players.contains(player)) {
        throw new CompositionException(
            "there is no player %s; the players are %s"
                .formatted(player, String.join(", ", players)),
            List.of(composition.topology().origin()),
            Optional.empty());
      }
    }
    for (GraphNode vertex : vertices) {
      if (vertex.work instanceof NodeOperation.SignalGradient
          && !dependencies.reaches(vertex.inputs().get(1), vertex.inputs().get(0))) {
        throw new CompositionException(
            "%s wants the gradient of %s with respect to %s, on which it does not depend"
                .formatted(
                    vertex.contributor.label(), vertex.inputs().get(0), vertex.inputs().get(1)),
            List.of(vertex.contributor),
            Optional.empty());
      }
    }
  }

  /** The vertices that anything needs, inputs before their readers. */
  private List<GraphNode> sort() {
    Set<GraphNode> sorted = new LinkedHashSet<>();
    Set<GraphNode> visiting = new HashSet<>();
    terms.forEach(t -> visit(t.value().vertex(), sorted, visiting));
    watches.forEach(w -> visit(w.value().vertex(), sorted, visiting));
    rates.forEach(r -> visit(r.factor().vertex(), sorted, visiting));
    states.forEach(s -> s.inputs().forEach(i -> visit(i.vertex(), sorted, visiting)));
    return List.copyOf(sorted);
  }

  private static void visit(GraphNode vertex, Set<GraphNode> sorted, Set<GraphNode> visiting) {
    if (sorted.contains(vertex)) {
      return;
    }
    if (!visiting.add(vertex)) {
      throw new CompositionException(
          "%s feeds %s with what depends on it".formatted(vertex.contributor.label(), vertex.name),
          List.of(vertex.contributor),
          Optional.empty());
    }
    vertex.inputs().forEach(i -> visit(i.vertex(), sorted, visiting));
    visiting.remove(vertex);
    sorted.add(vertex);
  }

  // ---- What it looks like
  // ------------------------------------------------------------------------

  /** The composition. */
  public Composition composition() {
    return composition;
  }

  /** The roles in the order declared. */
  public List<String> roles() {
    return List.copyOf(roles.keySet());
  }

  /** The players in the order of their phases. */
  public List<String> players() {
    return players;
  }

  /** The nodes, inputs before their readers; terms last. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    for (GraphNode vertex : vertices) {
      nodes.add(
          new Node(
              nodes.size(),
              type(vertex.work),
              vertex.name,
              vertex.inputs().stream().map(i -> vertices.indexOf(i.vertex())).toList(),
              vertex.shapes,
              vertex.work instanceof NodeOperation.NetworkCall apply
                  ? apply.role().ports()
                  : List.of(),
              vertex.work instanceof NodeOperation.NetworkCall apply ? apply.role().role() : "",
              1,
              vertex.contributor));
    }
    terms.stream()
        .sorted(Comparator.comparing(t -> players.indexOf(t.player())))
        .forEach(
            t ->
                nodes.add(
                    new Node(
                        nodes.size(),
                        Node.NodeType.TERM,
                        t.key(),
                        List.of(vertices.indexOf(t.value().vertex())),
                        List.of(t.value().shape()),
                        List.of(),
                        t.player(),
                        t.weight(),
                        t.contributor())));
    return nodes;
  }

  private static Node.NodeType type(NodeOperation work) {
    if (work instanceof NodeOperation.DataField) {
      return Node.NodeType.DATA;
    } else if (work instanceof NodeOperation.LatentCodes
        || work instanceof NodeOperation.NoiseDraw) {
      return Node.NodeType.NOISE;
    } else if (work instanceof NodeOperation.ScheduledScalar
        || work instanceof NodeOperation.CarriedScalar) {
      return Node.NodeType.SCALAR;
    } else if (work instanceof NodeOperation.NetworkCall) {
      return Node.NodeType.NETWORK;
    } else if (work instanceof NodeOperation.SignalGradient) {
      return Node.NodeType.GRADIENT;
    }
    return Node.NodeType.FUNCTION;
  }

  /**
   * The terms that a loss gave to the player of a pair's discriminator, by {@code player/term}:
   * what discriminators play for, without what regularizers add.
   */
  public Set<String> discriminatorTerms() {
    Set<String> judges = new HashSet<>();
    pairs.forEach(p -> judges.add(p.discriminator().player()));
    Set<String> contests = new LinkedHashSet<>();
    for (GraphBuilder.LossTerm term : terms) {
      if (judges.contains(term.player())
          && term.contributor().equals(composition.loss().origin())) {
        contests.add(term.key());
      }
    }
    return contests;
  }

  /** The names of the watched values. */
  public Set<String> watchedNames() {
    Set<String> watched = new LinkedHashSet<>();
    watches.forEach(w -> watched.add(w.name()));
    return watched;
  }

  /** The names of all values of a step: the terms, by {@code player/term}, and the watched ones. */
  public Set<String> reportedNames() {
    Set<String> reported = new LinkedHashSet<>();
    terms.forEach(t -> reported.add(t.key()));
    reported.addAll(watchedNames());
    return reported;
  }

  /** What one step does. Sizes are found by allocating the networks for a moment. */
  public StepPlan plan() {
    return new StepPlan(StepPlanner.phases(this), NetworkSizes.of(build(composition)));
  }

  // ---- For the planner and the session
  // -----------------------------------------------------------

  StreamClock clock() {
    return clock;
  }

  List<NetworkRole> networks() {
    return List.copyOf(roles.values());
  }

  List<GraphBuilder.LossTerm> terms() {
    return terms;
  }

  List<GraphBuilder.WatchedValue> watches() {
    return watches;
  }

  /** The factors of a player's learning rate. */
  List<NodeOutput> rates(String player) {
    return rates.stream()
        .filter(r -> r.player().equals(player))
        .map(GraphBuilder.RateFactor::factor)
        .toList();
  }

  List<CarriedState> states() {
    return states;
  }

  /** Where a draw is made from. */
  Dataset dataset(String draw) {
    return draws.getOrDefault(draw, composition.dataset().component());
  }

  List<AdversarialPair> pairs() {
    return pairs;
  }

  List<GraphNode> vertices() {
    return vertices;
  }

  NodeDependencies dependencies() {
    return dependencies;
  }

  /** What is looked at after the step: watched values and what carried states follow. */
  Set<NodeOutput> observed() {
    Set<NodeOutput> observed = new LinkedHashSet<>();
    watches.forEach(w -> observed.add(w.value()));
    states.forEach(s -> observed.addAll(s.inputs()));
    return observed;
  }
}
