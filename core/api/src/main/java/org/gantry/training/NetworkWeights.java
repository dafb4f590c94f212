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
import org.gantry.component.ComponentKind;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.InPlaceCopy;
import org.gantry.tensor.RandomStreams;

/**
 * The allocated weights of one network: what trains, what does not, and the averaged copy if any.
 *
 * <p>Running statistics are a mixture of all that a network is applied to, such as codes from the
 * prior and codes of an encoder. What is generated in the end comes from the prior alone, so a
 * network with several applications gets statistics of its own for use, as an averaged one does.
 */
final class NetworkWeights {

  private final NetworkRole role;
  private final NDList trainable = new NDList();
  private final List<String> trainableNames = new ArrayList<>();
  private final NDList buffers = new NDList();
  private final List<String> bufferNames = new ArrayList<>();
  private final NDList average = new NDList();
  private final NDList statistics = new NDList();
  private final Map<String, NDArray> inUse = new HashMap<>();
  private final boolean mixed;
  private boolean requiresGradient;

  /** Allocates and initialises the network's parameters under the seed. */
  NetworkWeights(NetworkRole role, NDManager manager, RandomStreams streams, InPlaceCopy inPlace) {
    this.role = role;
    EngineSeed.runSeeded(
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
    boolean averaged = role.averaging().isPresent() && !trainable.isEmpty();
    if (averaged) {
      trainable.forEach(p -> average.add(manager.zeros(p.getShape())));
      inPlace.copy(average, trainable);
    }
    mixed =
        !buffers.isEmpty()
            && !role.kind().equals(ComponentKind.DISCRIMINATOR)
            && role.applications().size() > 1;
    if (averaged || mixed) {
      buffers.forEach(p -> statistics.add(manager.zeros(p.getShape())));
    }
    int trains = 0;
    int rests = 0;
    for (Parameter parameter : role.block().getParameters().values()) {
      NDList copies = parameter.requiresGradient() ? average : statistics;
      int place = parameter.requiresGradient() ? trains++ : rests++;
      if (!copies.isEmpty()) {
        inUse.put(parameter.getId(), copies.get(place));
      }
    }
  }

  NetworkRole role() {
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
   * What is used in place of {@link #buffers}; empty where they are used themselves. It is no
   * state: it is computed before each use.
   */
  NDList statistics() {
    return statistics;
  }

  /** Whether what does not train mixes what the network is used for with other things. */
  boolean mixed() {
    return mixed;
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

  /** Hands parameters to blocks: those for use, where they are not the ones that train. */
  static ParameterStore used(NDManager manager, List<NetworkWeights> networks) {
    Map<String, NDArray> all = new HashMap<>();
    networks.forEach(w -> all.putAll(w.inUse));
    return new ParameterStore(manager, false) {
      @Override
      public NDArray getValue(Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
          return null;
        }
        NDArray used = all.get(parameter.getId());
        return used == null ? parameter.getArray() : used;
      }
    };
  }
}
