package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.tensor.InPlaceCopy;

/**
 * Everything that a training carries from step to step: weights, optimizer slots, carried scalars,
 * and the number of steps, which positions every random stream.
 */
final class SessionState {

  private final TrainingGraph graph;
  private final NDManager manager;
  private final InPlaceCopy inPlace;
  private final Map<NetworkRole, NetworkWeights> weights = new LinkedHashMap<>();
  private final Map<String, PlayerState> players = new LinkedHashMap<>();
  private final Map<GraphScalarState, Double> carried = new LinkedHashMap<>();
  private final Map<GraphTensorState, NDArray> arrays = new LinkedHashMap<>();
  private long steps;

  /**
   * Allocates and initialises everything, at step 0.
   *
   * @param manager owns the arrays
   */
  SessionState(TrainingGraph graph, NDManager manager) {
    this.graph = graph;
    this.manager = manager;
    inPlace = new InPlaceCopy(manager);
    for (NetworkRole role : graph.networks()) {
      weights.put(role, new NetworkWeights(role, manager, graph.clock().streams(), inPlace));
    }
    for (String player : graph.players()) {
      players.put(
          player,
          PlayerState.allocate(
              player,
              weights.values().stream().filter(w -> w.role().isTrainedBy(player)).toList(),
              graph.composition().optimizers().apply(player).component(),
              manager));
    }
    graph.states().forEach(s -> carried.put(s, s.initial()));
    for (GraphTensorState array : graph.arrays()) {
      arrays.put(array, manager.full(array.shape(), (float) array.initial(), DataType.FLOAT32));
    }
  }

  TrainingGraph graph() {
    return graph;
  }

  NDManager manager() {
    return manager;
  }

  InPlaceCopy inPlace() {
    return inPlace;
  }

  long completedSteps() {
    return steps;
  }

  void moveToStep(long count) {
    steps = count;
  }

  /** The weights of all networks, in the order in which roles are declared. */
  List<NetworkWeights> weights() {
    return List.copyOf(weights.values());
  }

  NetworkWeights weights(NetworkRole role) {
    return weights.get(role);
  }

  /** The weights of the network with that role; empty if no network has it. */
  Optional<NetworkWeights> weights(String role) {
    return weights.values().stream().filter(w -> w.role().role().equals(role)).findFirst();
  }

  Collection<PlayerState> players() {
    return players.values();
  }

  PlayerState player(String name) {
    return players.get(name);
  }

  double carried(GraphScalarState state) {
    return carried.get(state);
  }

  void carry(Map<GraphScalarState, Double> next) {
    carried.putAll(next);
  }

  NDArray carried(GraphTensorState state) {
    return arrays.get(state);
  }

  /** Copies the next values over the carried arrays. */
  void carryArrays(Map<GraphTensorState, NDArray> next) {
    if (next.isEmpty()) {
      return;
    }
    NDList into = new NDList();
    NDList from = new NDList();
    next.forEach(
        (state, value) -> {
          into.add(arrays.get(state));
          from.add(value);
        });
    inPlace.copy(into, from);
  }

  /** The carried arrays by name, in the order of their declaration. */
  Map<String, NDArray> namedArrays() {
    Map<String, NDArray> named = new LinkedHashMap<>();
    arrays.forEach((state, array) -> named.put(state.name(), array));
    return named;
  }

  /** The carried scalars, in the order of their declaration. */
  Map<GraphScalarState, Double> carried() {
    return Collections.unmodifiableMap(carried);
  }
}
