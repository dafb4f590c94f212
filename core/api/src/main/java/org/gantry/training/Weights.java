package org.gantry.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.InPlace;
import org.gantry.tensor.RandomStreams;
import org.gantry.tensor.Seeding;

/**
 * The allocated weights of one network: what trains, what does not, and the averaged copy if any.
 */
final class Weights {

  private final Role role;
  private final NDList trainable = new NDList();
  private final List<String> trainableNames = new ArrayList<>();
  private final NDList buffers = new NDList();
  private final List<String> bufferNames = new ArrayList<>();
  private final NDList average = new NDList();
  private final NDList statistics = new NDList();
  private final Map<String, NDArray> averageById = new HashMap<>();
  private boolean requiresGradient;

  /** Allocates and initialises the network's parameters under the seed. */
  Weights(Role role, NDManager manager, RandomStreams streams, InPlace inPlace) {
    this.role = role;
    Seeding.with(
        streams.at("init/" + role.role()).nextLong(),
        () -> role.block().initialize(manager, DataType.FLOAT32, role.inputShapes()));
    for (Pair<String, Parameter> named : role.block().getParameters()) {
      Parameter parameter = named.getValue();
      boolean trains = parameter.requiresGradient();
      (trains ? trainable : buffers).add(parameter.getArray());
      (trains ? trainableNames : bufferNames).add(named.getKey());
    }
    requireGradient(true);
    requireGradient(false);
    if (role.averaging().isPresent() && !trainable.isEmpty()) {
      trainable.forEach(p -> average.add(manager.zeros(p.getShape())));
      buffers.forEach(p -> statistics.add(manager.zeros(p.getShape())));
      inPlace.copy(average, trainable);
      int trains = 0;
      int rests = 0;
      for (Parameter parameter : role.block().getParameters().values()) {
        averageById.put(
            parameter.getId(),
            parameter.requiresGradient() ? average.get(trains++) : statistics.get(rests++));
      }
    }
  }

  Role role() {
    return role;
  }

  NDList trainable() {
    return trainable;
  }

  List<String> trainableNames() {
    return trainableNames;
  }

  /** What trains, then what does not. */
  NDList all() {
    NDList all = new NDList(trainable);
    all.addAll(buffers);
    return all;
  }

  /** The names of {@link #all}. */
  List<String> allNames() {
    List<String> names = new ArrayList<>(trainableNames);
    names.addAll(bufferNames);
    return names;
  }

  /** The averaged copy of {@link #trainable}; empty without one. */
  NDList average() {
    return average;
  }

  /** What does not train, such as running statistics. */
  NDList buffers() {
    return buffers;
  }

  /**
   * What goes with {@link #average} in place of {@link #buffers}; empty without an average. It is
   * no state: it is computed from the average before each use.
   */
  NDList statistics() {
    return statistics;
  }

  /** Lets evaluations be recorded for these weights, or not. */
  void requireGradient(boolean on) {
    if (requiresGradient != on) {
      trainable.forEach(p -> p.setRequiresGradient(on));
      requiresGradient = on;
    }
  }

  /** Hands parameters to blocks: the very arrays that train. */
  static ParameterStore training(NDManager manager) {
    return new ParameterStore(manager, false) {
      @Override
      public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return parameter == null ? null : parameter.getArray();
      }
    };
  }

  /** Hands parameters to blocks: the averaged ones where there are any. */
  static ParameterStore averaged(NDManager manager, List<Weights> networks) {
    Map<String, NDArray> averages = new HashMap<>();
    networks.forEach(w -> averages.putAll(w.averageById));
    return new ParameterStore(manager, false) {
      @Override
      public NDArray getValue(Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
          return null;
        }
        NDArray average = averages.get(parameter.getId());
        return average == null ? parameter.getArray() : average;
      }
    };
  }
}
