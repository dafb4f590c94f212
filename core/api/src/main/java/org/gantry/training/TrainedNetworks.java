package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;

/** A session's networks in inference mode. */
final class TrainedNetworks implements TrainedModel {

  private final TrainingGraph graph;
  private final Map<NetworkRole, NetworkWeights> weights;
  private final ParameterStore store;
  private final NDManager manager;
  private final RandomStreams random;

  TrainedNetworks(
      TrainingGraph graph,
      Map<NetworkRole, NetworkWeights> weights,
      ParameterStore store,
      NDManager manager,
      long seed) {
    this.graph = graph;
    this.weights = weights;
    this.store = store;
    this.manager = manager;
    this.random = new RandomStreams(seed);
  }

  @Override
  public Set<String> roles() {
    return new LinkedHashSet<>(graph.roles());
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    NetworkRole applied =
        weights.keySet().stream()
            .filter(r -> r.role().equals(role))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no role " + role + "; there are " + roles()));
    boolean recording = Autograd.setRecording(false);
    try (NDManager scratch = manager.newSubManager()) {
      NDList given = new NDList();
      for (NDArray input : inputs) {
        NDArray own = input.stopGradient();
        own.attach(scratch);
        given.add(applied.packing().map(p -> p.join(own)).orElse(own));
      }
      NDList ordered = new NDList();
      applied.order().forEach(i -> ordered.add(given.get(i)));
      NDList outputs = applied.block().forward(store, ordered, false);
      outputs.attach(manager);
      return outputs;
    } finally {
      Autograd.setRecording(recording);
    }
  }

  @Override
  public Prior prior() {
    return graph.composition().prior().component();
  }

  @Override
  public Dataset dataset() {
    return graph.composition().dataset().component();
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public RandomStreams randomStreams() {
    return random;
  }
}
