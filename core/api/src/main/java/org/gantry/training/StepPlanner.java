package org.gantry.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.training.GraphNode.NodeOperation;
import org.gantry.training.GraphNode.NodeOutput;

/**
 * Derives the phases of a step from who minimises what.
 *
 * <p>A phase evaluates only what its player's terms need. It takes an earlier phase's value where
 * nothing behind the value has changed: no network was updated since, the batch is the same, and no
 * noise has to be drawn afresh. An evaluation is recorded for gradients only as far as the phase's
 * player, or the player of a later phase that takes the value over, has a network upstream of it,
 * or a gradient inside the graph passes through it.
 */
final class StepPlanner {

  /** One phase, over vertices. The last phase of a plan has no player: it only looks. */
  record PlannedPhase(String player, int draw, List<PlannedNode> operations) {

    /** Whether a later phase takes over a value of this one. */
    boolean keeps() {
      return operations.stream().anyMatch(PlannedNode::kept);
    }
  }

  /**
   * One vertex in one phase.
   *
   * @param from the phase whose value is taken over, or -1 to evaluate
   * @param trained the networks whose parameters the evaluation is recorded for
   * @param recorded whether the evaluation is recorded at all
   * @param leaf whether a gradient is taken with respect to the value
   * @param kept whether a later phase takes the value over
   */
  record PlannedNode(
      GraphNode vertex,
      int from,
      Set<NetworkRole> trained,
      boolean recorded,
      boolean leaf,
      boolean kept) {}

  private final TrainingGraph graph;
  private final NodeDependencies dependencies;
  private final List<String> players = new ArrayList<>();
  private final List<Integer> draws = new ArrayList<>();

  /** Per phase: for each vertex needed, the phase that evaluates it. */
  private final List<Map<GraphNode, Integer>> sources = new ArrayList<>();

  private StepPlanner(TrainingGraph graph) {
    this.graph = graph;
    this.dependencies = graph.dependencies();
  }

  static List<PlannedPhase> plan(TrainingGraph graph) {
    return new StepPlanner(graph).plan();
  }

  /** The phases as users see them. */
  static List<StepPlan.StepPhase> phases(TrainingGraph graph) {
    List<StepPlan.StepPhase> phases = new ArrayList<>();
    for (PlannedPhase phase : plan(graph)) {
      if (phase.player().isEmpty()) {
        continue;
      }
      List<StepPlan.PhaseNode> operations = new ArrayList<>();
      Set<String> frozen = new LinkedHashSet<>();
      for (PlannedNode operation : phase.operations()) {
        operations.add(
            new StepPlan.PhaseNode(
                graph.vertices().indexOf(operation.vertex()),
                operation.from() >= 0,
                operation.recorded(),
                operation.kept()));
        if (operation.vertex().work instanceof NodeOperation.NetworkCall apply
            && operation.from() < 0
            && !apply.role().player().equals(phase.player())) {
          frozen.add(apply.role().role());
        }
      }
      phases.add(
          new StepPlan.StepPhase(phase.player(), phase.draw(), operations, List.copyOf(frozen)));
    }
    return phases;
  }

  private List<PlannedPhase> plan() {
    schedule();
    for (int phase = 0; phase < players.size(); phase++) {
      sources.add(sources(phase));
    }
    List<PlannedPhase> phases = new ArrayList<>();
    for (int phase = 0; phase < players.size(); phase++) {
      phases.add(new PlannedPhase(players.get(phase), draws.get(phase), operations(phase)));
    }
    return phases;
  }

  /**
   * Lays out the phases: every player as often as it updates; a repeated update gets a new batch.
   */
  private void schedule() {
    int draw = 0;
    for (String player : graph.players()) {
      int updates = graph.composition().updates().getOrDefault(player, 1);
      for (int i = 0; i < updates; i++) {
        draw += i == 0 ? 0 : 1;
        players.add(player);
        draws.add(draw);
      }
    }
    players.add("");
    draws.add(draw);
  }

  /** For everything that a phase needs, the phase that evaluates it. */
  private Map<GraphNode, Integer> sources(int phase) {
    Map<GraphNode, Integer> result = new HashMap<>();
    Set<GraphNode> together = besideGradients(phase);
    List<GraphNode> open = new ArrayList<>();
    goals(phase).forEach(v -> open.add(v.vertex()));
    while (!open.isEmpty()) {
      GraphNode vertex = open.remove(open.size() - 1);
      if (result.containsKey(vertex)) {
        continue;
      }
      int source = together.contains(vertex) ? phase : source(vertex, phase);
      result.put(vertex, source);
      if (source == phase) {
        vertex.inputs().forEach(i -> open.add(i.vertex()));
      }
    }
    return result;
  }

  /**
   * What has to be evaluated anew because a gradient passes through its record, which an earlier
   * phase's update has freed.
   */
  private Set<GraphNode> besideGradients(int phase) {
    Set<GraphNode> together = new HashSet<>();
    for (NodeOutput goal : goals(phase)) {
      for (GraphNode vertex : dependencies.upstream(goal.vertex())) {
        if (vertex.work instanceof NodeOperation.SignalGradient && source(vertex, phase) == phase) {
          together.addAll(between(vertex));
          together.remove(vertex.inputs().get(1).vertex());
        }
      }
    }
    return together;
  }

  private List<NodeOutput> goals(int phase) {
    if (players.get(phase).isEmpty()) {
      return List.copyOf(graph.observed());
    }
    List<NodeOutput> goals = new ArrayList<>(graph.rates(players.get(phase)));
    graph.terms().stream()
        .filter(t -> t.player().equals(players.get(phase)))
        .forEach(t -> goals.add(t.value()));
    return goals;
  }

  private int source(GraphNode vertex, int phase) {
    boolean looking = players.get(phase).isEmpty();
    for (int earlier = phase - 1; earlier >= 0; earlier--) {
      Integer evaluated = sources.get(earlier).get(vertex);
      if (evaluated != null && (looking || valid(vertex, evaluated, phase))) {
        return evaluated;
      }
    }
    return phase;
  }

  /** Whether the value of an earlier phase still holds. */
  private boolean valid(GraphNode vertex, int evaluated, int phase) {
    if (dependencies.drawsInEachPhase(vertex)
        || (dependencies.dependsOnBatch(vertex)
            && !draws.get(evaluated).equals(draws.get(phase)))) {
      return false;
    }
    for (int between = evaluated; between < phase; between++) {
      if (dependencies.dependsOnPlayer(vertex, players.get(between))) {
        return false;
      }
    }
    return true;
  }

  private List<PlannedNode> operations(int phase) {
    Map<GraphNode, Integer> needed = sources.get(phase);
    Map<GraphNode, Set<String>> trainedFor = trainedFor(phase);
    Set<GraphNode> through = throughGradients(phase);
    Set<GraphNode> leaves = new HashSet<>();
    for (GraphNode vertex : needed.keySet()) {
      if (vertex.work instanceof NodeOperation.SignalGradient && needed.get(vertex) == phase) {
        leaves.add(vertex.inputs().get(1).vertex());
      }
    }
    List<PlannedNode> operations = new ArrayList<>();
    for (GraphNode vertex : graph.vertices()) {
      if (!needed.containsKey(vertex)) {
        continue;
      }
      int source = needed.get(vertex);
      Set<String> beneficiaries = trainedFor.getOrDefault(vertex, Set.of());
      Set<NetworkRole> trained = new HashSet<>();
      vertex.network().filter(r -> beneficiaries.contains(r.player())).ifPresent(trained::add);
      boolean recorded = !beneficiaries.isEmpty() || through.contains(vertex);
      operations.add(
          new PlannedNode(
              vertex,
              source == phase ? -1 : source,
              trained,
              source == phase && recorded,
              leaves.contains(vertex),
              source == phase && keptAfter(vertex, phase)));
    }
    return operations;
  }

  private boolean keptAfter(GraphNode vertex, int phase) {
    for (int later = phase + 1; later < players.size(); later++) {
      Integer source = sources.get(later).get(vertex);
      if (source != null && source == phase) {
        return true;
      }
    }
    return false;
  }

  /**
   * For everything evaluated in a phase, the players whose gradient will pass through its record.
   */
  private Map<GraphNode, Set<String>> trainedFor(int phase) {
    Map<GraphNode, Set<String>> result = new HashMap<>();
    for (int user = phase; user < players.size(); user++) {
      String player = players.get(user);
      if (player.isEmpty()) {
        continue;
      }
      Set<NodeVisit> visited = new HashSet<>();
      for (Map.Entry<GraphNode, Integer> used : sources.get(user).entrySet()) {
        mark(new NodeVisit(used.getKey(), used.getValue()), player, phase, visited, result);
      }
    }
    return result;
  }

  /** A vertex, and the phase that evaluates it. */
  private record NodeVisit(GraphNode vertex, int at) {}

  /**
   * Marks what a player's gradient passes through in a phase. The way there can lead over values
   * that other phases took over in between.
   */
  private void mark(
      NodeVisit visit,
      String player,
      int phase,
      Set<NodeVisit> visited,
      Map<GraphNode, Set<String>> marks) {
    if (!dependencies.dependsOnPlayer(visit.vertex(), player) || !visited.add(visit)) {
      return;
    }
    if (visit.at() == phase) {
      marks.computeIfAbsent(visit.vertex(), v -> new HashSet<>()).add(player);
    }
    for (NodeOutput input : visit.vertex().inputs()) {
      int at = sources.get(visit.at()).get(input.vertex());
      mark(new NodeVisit(input.vertex(), at), player, phase, visited, marks);
    }
  }

  /** What lies between the ends of a gradient that the phase evaluates. */
  private Set<GraphNode> throughGradients(int phase) {
    Set<GraphNode> through = new HashSet<>();
    for (Map.Entry<GraphNode, Integer> entry : sources.get(phase).entrySet()) {
      GraphNode vertex = entry.getKey();
      if (vertex.work instanceof NodeOperation.SignalGradient && entry.getValue() == phase) {
        through.addAll(between(vertex));
      }
    }
    return through;
  }

  /** Both ends of a gradient and what lies between them. */
  private Set<GraphNode> between(GraphNode gradient) {
    GraphNode of = gradient.inputs().get(0).vertex();
    GraphNode by = gradient.inputs().get(1).vertex();
    Set<GraphNode> between = new HashSet<>();
    for (GraphNode vertex : dependencies.upstream(of)) {
      if (dependencies.upstream(vertex).contains(by)) {
        between.add(vertex);
      }
    }
    return between;
  }
}
