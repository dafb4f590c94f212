package org.gantry.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.graph.AdversarialPair;
import org.gantry.loss.Loss;
import org.gantry.regularizer.Regularizer;
import org.gantry.topology.Topology;

/**
 * A composition that passed all checks: every role has a network, all ports and shapes agree, and a
 * term reaches every trainable network. No parameter exists yet. To its users the graph is
 * immutable; any number of {@link Session}s can be opened on it.
 */
public final class TrainingGraph {

  private final Composition composition;
  private final StreamClock clock;
  private final Map<String, NetworkRole> roles;
  private final List<String> players;
  private final List<LossTerm> terms;
  private final List<WatchedValue> watches;
  private final List<RateFactor> rateFactors;
  private final List<GraphScalarState> states;
  private final Map<String, Dataset> draws;
  private final List<AdversarialPair> pairs;
  private final List<GraphNode> sortedNodes;
  private final List<Node> nodes;
  private final NodeDependencies dependencies;

  private TrainingGraph(Composition composition, GraphBuilder builder) {
    this.composition = composition;
    clock = builder.context().clock();
    roles = new LinkedHashMap<>(builder.roles());
    players = builder.players();
    terms = List.copyOf(builder.rules().terms());
    watches = List.copyOf(builder.rules().watches());
    rateFactors = List.copyOf(builder.rules().rateFactors());
    states = List.copyOf(builder.sources().states());
    draws = Map.copyOf(builder.sources().draws());
    pairs = List.copyOf(builder.rules().pairs());
    sortedNodes = NodeOrder.sort(roots());
    nodes = nodesAndTerms();
    dependencies = new NodeDependencies(sortedNodes);
  }

  /**
   * Builds and checks the graph. Starts the engine, because the shapes of functions are found by
   * applying them to zeros.
   *
   * @throws CompositionException if components do not fit together
   */
  public static TrainingGraph build(Composition composition) {
    try (GraphBuilder builder = new GraphBuilder(composition)) {
      BuildContext context = builder.context();
      BoundComponent<Topology> topology = composition.topology();
      context.contribute(topology.origin(), () -> topology.component().wire(builder));
      for (BoundComponent<Regularizer> regularizer : composition.regularizers()) {
        context.contribute(regularizer.origin(), () -> regularizer.component().edit(builder));
      }
      builder.rules().applyRevisions();
      BoundComponent<Loss> loss = composition.loss();
      for (AdversarialPair pair : builder.pairs()) {
        context.contribute(loss.origin(), () -> loss.component().addTerms(pair, builder));
      }
      TrainingGraphChecks.requireApplications(composition, builder);
      builder.finish();
      TrainingGraph graph = new TrainingGraph(composition, builder);
      new TrainingGraphChecks(graph).run();
      return graph;
    }
  }

  /** The outputs that a step is for, from which everything else follows. */
  private List<NodeOutput> roots() {
    List<NodeOutput> roots = new ArrayList<>();
    terms.forEach(t -> roots.add(t.scalar()));
    watches.forEach(w -> roots.add(w.value()));
    rateFactors.forEach(r -> roots.add(r.value()));
    states.forEach(s -> roots.addAll(s.inputs()));
    return roots;
  }

  private List<Node> nodesAndTerms() {
    List<Node> all = new ArrayList<>(sortedNodes);
    terms.stream()
        .sorted(Comparator.comparing(t -> players.indexOf(t.player())))
        .forEach(
            term -> {
              term.node().assignId(all.size());
              all.add(term.node());
            });
    return List.copyOf(all);
  }

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

  /** The nodes, each after those that it reads; the terms come last, by player. */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * The terms that the loss gives to the players of discriminators, by {@code player/term}, without
   * those that regularizers add.
   */
  public Set<String> discriminatorTerms() {
    Set<String> discriminators = new HashSet<>();
    pairs.forEach(p -> discriminators.add(p.discriminator().player()));
    Set<String> names = new LinkedHashSet<>();
    for (LossTerm term : terms) {
      if (discriminators.contains(term.player())
          && term.contributor().equals(composition.loss().origin())) {
        names.add(term.key());
      }
    }
    return names;
  }

  /** The names of the watched values. */
  public Set<String> watchedNames() {
    Set<String> names = new LinkedHashSet<>();
    watches.forEach(w -> names.add(w.name()));
    return names;
  }

  /**
   * The names of all values of a step: the terms, by {@code player/term}, and the watched values.
   */
  public Set<String> reportedNames() {
    Set<String> names = new LinkedHashSet<>();
    terms.forEach(t -> names.add(t.key()));
    names.addAll(watchedNames());
    return names;
  }

  /** What one step does. */
  public StepPlan plan() {
    return StepPlanner.plan(this);
  }

  /** The sizes of the networks, in the order of the roles. Allocates the networks for a moment. */
  public List<NetworkSize> networkSizes() {
    return NetworkSize.measure(build(composition));
  }

  StreamClock clock() {
    return clock;
  }

  List<NetworkRole> networks() {
    return List.copyOf(roles.values());
  }

  /**
   * The network of a role.
   *
   * @throws IllegalArgumentException if the graph has no such role
   */
  NetworkRole network(String role) {
    NetworkRole network = roles.get(role);
    if (network == null) {
      throw new IllegalArgumentException("no role " + role + "; the roles are " + roles());
    }
    return network;
  }

  List<LossTerm> terms() {
    return terms;
  }

  /** The terms that a player minimises. */
  List<LossTerm> terms(String player) {
    return terms.stream().filter(t -> t.player().equals(player)).toList();
  }

  List<WatchedValue> watches() {
    return watches;
  }

  List<RateFactor> rateFactors() {
    return rateFactors;
  }

  /** The factors of a player's learning rate. */
  List<NodeOutput> rateFactors(String player) {
    return rateFactors.stream()
        .filter(r -> r.player().equals(player))
        .map(RateFactor::value)
        .toList();
  }

  List<GraphScalarState> states() {
    return states;
  }

  /** The data set that a draw reads. */
  Dataset dataset(String draw) {
    return draws.getOrDefault(draw, composition.dataset().component());
  }

  List<AdversarialPair> pairs() {
    return pairs;
  }

  /** The nodes that a step evaluates, each after those that it reads; without the terms. */
  List<GraphNode> sortedNodes() {
    return sortedNodes;
  }

  NodeDependencies dependencies() {
    return dependencies;
  }

  /** The outputs that are read after the step: watched values, and inputs of carried states. */
  Set<NodeOutput> observed() {
    Set<NodeOutput> observed = new LinkedHashSet<>();
    watches.forEach(w -> observed.add(w.value()));
    states.forEach(s -> observed.addAll(s.inputs()));
    return observed;
  }
}
