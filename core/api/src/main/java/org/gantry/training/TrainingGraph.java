package org.gantry.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.graph.AdversarialPair;
import org.gantry.loss.Loss;
import org.gantry.metric.MetricSubject;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.ModelUse;
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
  private final List<GraphTensorState> arrays;
  private final Map<String, Dataset> draws;
  private final List<AdversarialPair> pairs;
  private final List<GraphUse> uses;
  private final List<GraphNode> sortedNodes;
  private final List<Node> nodes;
  private final NodeDependencies dependencies;

  private TrainingGraph(Composition composition, GraphBuilder builder) {
    this.composition = composition;
    clock = builder.context().clock();
    roles = new LinkedHashMap<>(builder.roles());
    players = builder.players();
    Set<String> idle = builder.idlePlayers();
    terms = builder.rules().terms().stream().filter(t -> !idle.contains(t.player())).toList();
    watches = List.copyOf(builder.rules().watches());
    rateFactors =
        builder.rules().rateFactors().stream().filter(r -> !idle.contains(r.player())).toList();
    states = List.copyOf(builder.sources().states());
    arrays = List.copyOf(builder.sources().arrays());
    draws = Map.copyOf(builder.sources().draws());
    pairs = List.copyOf(builder.rules().pairs());
    uses = GraphUses.of(builder.rules().uses(), pairs);
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
      for (AdversarialPair pair : builder.pairs()) {
        BoundComponent<Loss> loss = composition.lossOf(pair.name());
        context.contribute(loss.origin(), () -> loss.component().addTerms(pair, builder));
      }
      TrainingGraphChecks.requireKnownNames(composition, builder);
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
    arrays.forEach(s -> roots.addAll(s.inputs()));
    for (GraphUse use : uses) {
      roots.add(use.output());
      use.counterpart().ifPresent(roots::add);
    }
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
      if (discriminators.contains(term.player()) && isLoss(term.contributor())) {
        names.add(term.key());
      }
    }
    return names;
  }

  private boolean isLoss(ComponentOrigin origin) {
    return origin.equals(composition.loss().origin())
        || composition.pairLosses().values().stream().anyMatch(l -> l.origin().equals(origin));
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

  /**
   * The roles that sampling uses with averaged weights, and the component that averages them.
   * Without discriminators, because they draw nothing.
   */
  public Map<String, ComponentOrigin> averagedRoles() {
    Map<String, ComponentOrigin> averaged = new LinkedHashMap<>();
    roles.forEach(
        (role, network) -> {
          if (!network.kind().equals(ComponentKind.DISCRIMINATOR)) {
            network.averaging().ifPresent(a -> averaged.put(role, a.contributor()));
          }
        });
    return averaged;
  }

  /** What a user should know before the training, such as a penalty that a layer spoils. */
  public List<CompositionWarning> warnings() {
    return new GradientPaths(this).warnings();
  }

  /** What metrics can evaluate: each use of the networks with the data that it imitates. */
  public List<MetricSubject> metricSubjects() {
    return uses.stream()
        .map(
            use ->
                new MetricSubject(ImitatedData.of(this, use), new UseInputs(this, use).describe()))
        .toList();
  }

  /**
   * The data that the output of a use imitates.
   *
   * @param use the name of a use; empty for the usual one
   * @return the main data set if the graph has no such use
   */
  public Dataset imitatedData(String use) {
    return uses.stream()
        .filter(stated -> use.isEmpty() || stated.name().equals(use))
        .findFirst()
        .map(stated -> ImitatedData.of(this, stated))
        .orElse(composition.dataset().component());
  }

  /** What one step does. */
  public StepPlan plan() {
    return StepPlanner.plan(this);
  }

  /** The sizes of the networks, in the order of the roles. Does not allocate the networks. */
  public List<NetworkSize> networkSizes() {
    return NetworkSize.measure(this);
  }

  /** Estimates the memory of the networks and their training, without allocating it. */
  public WeightMemory weightMemory() {
    return WeightMemory.of(this);
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

  List<GraphTensorState> arrays() {
    return arrays;
  }

  /** What the trained networks can make, the usual use first. */
  List<GraphUse> uses() {
    return uses;
  }

  /** What the trained networks can make, the usual use first. */
  public List<ModelUse> modelUses() {
    return uses.stream().map(use -> new UseInputs(this, use).describe()).toList();
  }

  /**
   * A use by its name.
   *
   * @throws IllegalArgumentException if the graph has no such use
   */
  GraphUse use(String name) {
    return uses.stream()
        .filter(use -> use.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no use %s; the uses are %s"
                        .formatted(name, uses.stream().map(GraphUse::name).toList())));
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
    arrays.forEach(s -> observed.addAll(s.inputs()));
    return observed;
  }
}
