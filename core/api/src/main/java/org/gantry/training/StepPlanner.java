package org.gantry.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derives the phases of a step from the terms that each player minimises.
 *
 * <p>A phase evaluates only what its player's terms need. It reuses the value of an earlier phase
 * if nothing that the value depends on has changed: no network was updated since, the batch is the
 * same, and the value contains no noise that each phase draws for itself.
 *
 * <p>An evaluation is recorded for gradients in two cases. Either a gradient inside the graph
 * passes through it, or it depends on a network of the phase's player, or of the player of a later
 * phase that reuses the value.
 */
final class StepPlanner {

  private final TrainingGraph graph;
  private final NodeDependencies dependencies;

  /** The player of each phase; empty for the last phase, which only observes. */
  private final List<String> players = new ArrayList<>();

  /** The batch of each phase, numbered within the step. */
  private final List<Integer> draws = new ArrayList<>();

  /** For each phase, the nodes that it needs, and the phase that evaluates each of them. */
  private final List<Map<GraphNode, Integer>> sources = new ArrayList<>();

  private StepPlanner(TrainingGraph graph) {
    this.graph = graph;
    this.dependencies = graph.dependencies();
  }

  static StepPlan plan(TrainingGraph graph) {
    StepPlanner planner = new StepPlanner(graph);
    planner.layOutPhases();
    for (int phase = 0; phase < planner.players.size(); phase++) {
      planner.sources.add(planner.sources(phase));
    }
    List<StepPhase> phases = new ArrayList<>();
    for (int phase = 0; phase < planner.players.size(); phase++) {
      phases.add(
          new StepPhase(
              planner.players.get(phase), planner.draws.get(phase), planner.nodes(phase)));
    }
    return new StepPlan(phases);
  }

  /** Gives each player a phase for each of its updates. A repeated update gets a new batch. */
  private void layOutPhases() {
    int draw = 0;
    for (String player : graph.players()) {
      int updates = graph.composition().updatesOf(player);
      for (int i = 0; i < updates; i++) {
        draw += i == 0 ? 0 : 1;
        players.add(player);
        draws.add(draw);
      }
    }
    players.add("");
    draws.add(draw);
  }

  /** For each node that a phase needs, the phase that evaluates it. */
  private Map<GraphNode, Integer> sources(int phase) {
    Map<GraphNode, Integer> result = new HashMap<>();
    Set<GraphNode> unshared = insideGradients(phase);
    List<GraphNode> open = new ArrayList<>();
    goals(phase).forEach(g -> open.add(g.node()));
    while (!open.isEmpty()) {
      GraphNode node = open.remove(open.size() - 1);
      if (result.containsKey(node)) {
        continue;
      }
      int source = unshared.contains(node) ? phase : source(node, phase);
      result.put(node, source);
      if (source == phase) {
        node.arguments().forEach(a -> open.add(a.node()));
      }
    }
    return result;
  }

  /**
   * The nodes that the phase has to evaluate itself because a gradient passes through their record.
   * The update of an earlier phase has freed any earlier record.
   */
  private Set<GraphNode> insideGradients(int phase) {
    Set<GraphNode> inside = new HashSet<>();
    for (NodeOutput goal : goals(phase)) {
      for (GraphNode node : dependencies.upstream(goal.node())) {
        if (node.type() == NodeType.GRADIENT && source(node, phase) == phase) {
          inside.addAll(dependencies.gradientSpan(node));
          inside.remove(node.arguments().get(1).node());
        }
      }
    }
    return inside;
  }

  /** The outputs that the phase is for. */
  private List<NodeOutput> goals(int phase) {
    String player = players.get(phase);
    if (player.isEmpty()) {
      return List.copyOf(graph.observed());
    }
    List<NodeOutput> goals = new ArrayList<>(graph.rateFactors(player));
    graph.terms(player).forEach(t -> goals.add(t.scalar()));
    return goals;
  }

  /** The phase whose value of a node holds in this phase. */
  private int source(GraphNode node, int phase) {
    boolean observing = players.get(phase).isEmpty();
    for (int earlier = phase - 1; earlier >= 0; earlier--) {
      Integer evaluated = sources.get(earlier).get(node);
      if (evaluated != null && (observing || isUnchanged(node, evaluated, phase))) {
        return evaluated;
      }
    }
    return phase;
  }

  /** Whether the value that an earlier phase evaluated still holds. */
  private boolean isUnchanged(GraphNode node, int evaluated, int phase) {
    if (dependencies.drawsInEachPhase(node)
        || (dependencies.dependsOnBatch(node) && !draws.get(evaluated).equals(draws.get(phase)))) {
      return false;
    }
    for (int between = evaluated; between < phase; between++) {
      if (dependencies.dependsOnPlayer(node, players.get(between))) {
        return false;
      }
    }
    return true;
  }

  private List<PhaseNode> nodes(int phase) {
    Map<GraphNode, Integer> needed = sources.get(phase);
    Map<GraphNode, Set<String>> trainedPlayers = trainedPlayers(phase);
    Set<GraphNode> inside = new HashSet<>();
    Set<GraphNode> leaves = new HashSet<>();
    needed.forEach(
        (node, source) -> {
          if (node.type() == NodeType.GRADIENT && source == phase) {
            inside.addAll(dependencies.gradientSpan(node));
            leaves.add(node.arguments().get(1).node());
          }
        });
    List<PhaseNode> nodes = new ArrayList<>();
    for (GraphNode node : graph.sortedNodes()) {
      if (!needed.containsKey(node)) {
        continue;
      }
      int source = needed.get(node);
      boolean evaluated = source == phase;
      Set<String> trained = trainedPlayers.getOrDefault(node, Set.of());
      nodes.add(
          new PhaseNode(
              node,
              evaluated ? PhaseNode.EVALUATED : source,
              evaluated && (!trained.isEmpty() || inside.contains(node)),
              node.network().filter(r -> trained.stream().anyMatch(r::isTrainedBy)).isPresent(),
              leaves.contains(node),
              evaluated && isReusedAfter(node, phase),
              evaluated && isFrozen(node, phase)));
    }
    return nodes;
  }

  /** Whether a node applies a network that another player updates. */
  private boolean isFrozen(GraphNode node, int phase) {
    return node.type() == NodeType.NETWORK
        && node.network().filter(r -> !r.player().equals(players.get(phase))).isPresent();
  }

  private boolean isReusedAfter(GraphNode node, int phase) {
    for (int later = phase + 1; later < players.size(); later++) {
      Integer source = sources.get(later).get(node);
      if (source != null && source == phase) {
        return true;
      }
    }
    return false;
  }

  /** For each node that a phase evaluates, the players whose gradient passes through its record. */
  private Map<GraphNode, Set<String>> trainedPlayers(int phase) {
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

  /** A node, and the phase that evaluates it. */
  private record NodeVisit(GraphNode node, int phase) {}

  /**
   * Marks the nodes of a phase that a player's gradient passes through. The path can lead through
   * values that phases in between have reused.
   */
  private void mark(
      NodeVisit visit,
      String player,
      int phase,
      Set<NodeVisit> visited,
      Map<GraphNode, Set<String>> marks) {
    if (!dependencies.dependsOnPlayer(visit.node(), player) || !visited.add(visit)) {
      return;
    }
    if (visit.phase() == phase) {
      marks.computeIfAbsent(visit.node(), n -> new HashSet<>()).add(player);
    }
    for (NodeOutput argument : visit.node().arguments()) {
      int source = sources.get(visit.phase()).get(argument.node());
      mark(new NodeVisit(argument.node(), source), player, phase, visited, marks);
    }
  }
}
