package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashSet;
import java.util.Set;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.RandomStreams;

/** A session's networks as samplers see them. */
final class TrainedNetworks implements TrainedModel {

  private final TrainingGraph graph;
  private final ParameterStore parameters;
  private final NDManager manager;
  private final RandomStreams random;

  TrainedNetworks(TrainingGraph graph, ParameterStore parameters, NDManager manager, long seed) {
    this.graph = graph;
    this.parameters = parameters;
    this.manager = manager;
    this.random = new RandomStreams(seed);
  }

  @Override
  public Set<String> roles() {
    return new LinkedHashSet<>(graph.roles());
  }

  @Override
  public NDList apply(String role, NDArray... inputs) {
    NetworkRole network = graph.network(role);
    boolean recording = Autograd.setRecording(false);
    try (NDManager scratch = manager.newSubManager()) {
      NDList arguments = new NDList();
      for (NDArray input : inputs) {
        NDArray own = input.stopGradient();
        own.attach(scratch);
        arguments.add(network.packing().map(p -> p.join(own)).orElse(own));
      }
      NDList outputs = network.forward(parameters, arguments, false);
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
