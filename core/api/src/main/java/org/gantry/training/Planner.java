package org.gantry.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.training.Vertex.Value;
import org.gantry.training.Vertex.Work;

/**
 * Derives the phases of a step from who minimises what.
 *
 * <p>A phase evaluates only what its player's terms need. It takes an earlier phase's value where
 * nothing behind the value has changed: no network was updated since, the batch is the same, and no
 * noise has to be drawn afresh. An evaluation is recorded for gradients only as far as the phase's
 * player, or the player of a later phase that takes the value over, has a network upstream of it,
 * or a gradient inside the graph passes through it.
 */
final class Planner {

  /** One phase, over vertices. The last phase of a plan has no player: it only looks. */
  record Phase(String player, int draw, List<Operation> operations) {

    /** Whether a later phase takes over a value of this one. */
    boolean keeps() {
      return operations.stream().anyMatch(Operation::kept);
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
  record Operation(
      Vertex vertex, int from, Set<Role> trained, boolean recorded, boolean leaf, boolean kept) {}

  private final TrainingGraph graph;
  private final Dependencies dependencies;
  private final List<String> players = new ArrayList<>();
  private final List<Integer> draws = new ArrayList<>();

  /** Per phase: for each vertex needed, the phase that evaluates it. */
  private final List<Map<Vertex, Integer>> sources = new ArrayList<>();

  private Planner(TrainingGraph graph) {
    this.graph = graph;
    this.dependencies = graph.dependencies();
  }

  static List<Phase> plan(TrainingGraph graph) {
    return new Planner(graph).plan();
  }

  /** The phases as users see them. */
  static List<Plan.Phase> phases(TrainingGraph graph) {
    List<Plan.Phase> phases = new ArrayList<>();
    for (Phase phase : plan(graph)) {
      if (phase.player().isEmpty()) {
        continue;
      }
      List<Plan.Operation> operations = new ArrayList<>();
      Set<String> frozen = new LinkedHashSet<>();
      for (Operation operation : phase.operations()) {
        operations.add(
            new Plan.Operation(
                graph.vertices().indexOf(operation.vertex()),
                operation.from() >= 0,
                operation.recorded(),
                operation.kept()));
        if (operation.vertex().work instanceof Work.Apply apply
            && operation.from() < 0
            && !apply.role().player().equals(phase.player())) {
          frozen.add(apply.role().role());
        }
      }
      phases.add(new Plan.Phase(phase.player(), phase.draw(), operations, List.copyOf(frozen)));
    }
    return phases;
  }

  private List<Phase> plan() {
    schedule();
    for (int phase = 0; phase < players.size(); phase++) {
      sources.add(sources(phase));
    }
    List<Phase> phases = new ArrayList<>();
    for (int phase = 0; phase < players.size(); phase++) {
      phases.add(new Phase(players.get(phase), draws.get(phase), operations(phase)));
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
  private Map<Vertex, Integer> sources(int phase) {
    Map<Vertex, Integer> result = new HashMap<>();
    Set<Vertex> together = besideGradients(phase);
    List<Vertex> open = new ArrayList<>();
    goals(phase).forEach(v -> open.add(v.vertex()));
    while (!open.isEmpty()) {
      Vertex vertex = open.remove(open.size() - 1);
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
  private Set<Vertex> besideGradients(int phase) {
    Set<Vertex> together = new HashSet<>();
    for (Value goal : goals(phase)) {
      for (Vertex vertex : dependencies.upstream(goal.vertex())) {
        if (vertex.work instanceof Work.Gradient && source(vertex, phase) == phase) {
          together.addAll(between(vertex));
          together.remove(vertex.inputs().get(1).vertex());
        }
      }
    }
    return together;
  }

  private List<Value> goals(int phase) {
    if (players.get(phase).isEmpty()) {
      return List.copyOf(graph.observed());
    }
    List<Value> goals = new ArrayList<>(graph.rates(players.get(phase)));
    graph.terms().stream()
        .filter(t -> t.player().equals(players.get(phase)))
        .forEach(t -> goals.add(t.value()));
    return goals;
  }

  private int source(Vertex vertex, int phase) {
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
  private boolean valid(Vertex vertex, int evaluated, int phase) {
    if (dependencies.fresh(vertex)
        || (dependencies.batched(vertex) && !draws.get(evaluated).equals(draws.get(phase)))) {
      return false;
    }
    for (int between = evaluated; between < phase; between++) {
      if (dependencies.on(vertex, players.get(between))) {
        return false;
      }
    }
    return true;
  }

  private List<Operation> operations(int phase) {
    Map<Vertex, Integer> needed = sources.get(phase);
    Map<Vertex, Set<String>> trainedFor = trainedFor(phase);
    Set<Vertex> through = throughGradients(phase);
    Set<Vertex> leaves = new HashSet<>();
    for (Vertex vertex : needed.keySet()) {
      if (vertex.work instanceof Work.Gradient && needed.get(vertex) == phase) {
        leaves.add(vertex.inputs().get(1).vertex());
      }
    }
    List<Operation> operations = new ArrayList<>();
    for (Vertex vertex : graph.vertices()) {
      if (!needed.containsKey(vertex)) {
        continue;
      }
      int source = needed.get(vertex);
      Set<String> beneficiaries = trainedFor.getOrDefault(vertex, Set.of());
      Set<Role> trained = new HashSet<>();
      vertex.network().filter(r -> beneficiaries.contains(r.player())).ifPresent(trained::add);
      boolean recorded = !beneficiaries.isEmpty() || through.contains(vertex);
      operations.add(
          new Operation(
              vertex,
              source == phase ? -1 : source,
              trained,
              source == phase && recorded,
              leaves.contains(vertex),
              source == phase && keptAfter(vertex, phase)));
    }
    return operations;
  }

  private boolean keptAfter(Vertex vertex, int phase) {
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
  private Map<Vertex, Set<String>> trainedFor(int phase) {
    Map<Vertex, Set<String>> result = new HashMap<>();
    for (int user = phase; user < players.size(); user++) {
      String player = players.get(user);
      if (player.isEmpty()) {
        continue;
      }
      Set<Visit> visited = new HashSet<>();
      for (Map.Entry<Vertex, Integer> used : sources.get(user).entrySet()) {
        mark(new Visit(used.getKey(), used.getValue()), player, phase, visited, result);
      }
    }
    return result;
  }

  /** A vertex, and the phase that evaluates it. */
  private record Visit(Vertex vertex, int at) {}

  /**
   * Marks what a player's gradient passes through in a phase. The way there can lead over values
   * that other phases took over in between.
   */
  private void mark(
      Visit visit, String player, int phase, Set<Visit> visited, Map<Vertex, Set<String>> marks) {
    if (!dependencies.on(visit.vertex(), player) || !visited.add(visit)) {
      return;
    }
    if (visit.at() == phase) {
      marks.computeIfAbsent(visit.vertex(), v -> new HashSet<>()).add(player);
    }
    for (Value input : visit.vertex().inputs()) {
      int at = sources.get(visit.at()).get(input.vertex());
      mark(new Visit(input.vertex(), at), player, phase, visited, marks);
    }
  }

  /** What lies between the ends of a gradient that the phase evaluates. */
  private Set<Vertex> throughGradients(int phase) {
    Set<Vertex> through = new HashSet<>();
    for (Map.Entry<Vertex, Integer> entry : sources.get(phase).entrySet()) {
      Vertex vertex = entry.getKey();
      if (vertex.work instanceof Work.Gradient && entry.getValue() == phase) {
        through.addAll(between(vertex));
      }
    }
    return through;
  }

  /** Both ends of a gradient and what lies between them. */
  private Set<Vertex> between(Vertex gradient) {
    Vertex of = gradient.inputs().get(0).vertex();
    Vertex by = gradient.inputs().get(1).vertex();
    Set<Vertex> between = new HashSet<>();
    for (Vertex vertex : dependencies.upstream(of)) {
      if (dependencies.upstream(vertex).contains(by)) {
        between.add(vertex);
      }
    }
    return between;
  }
}
