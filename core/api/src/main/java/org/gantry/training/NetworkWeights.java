package org.gantry.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gantry.component.ComponentKind;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.InPlaceCopy;
import org.gantry.tensor.RandomStreams;

/**
 * The weights of one network: trainable parameters, buffers such as running statistics, and the
 * averaged copy, if a regularizer keeps one.
 *
 * <p>The running statistics of a network with several applications mix all its inputs, such as
 * codes from the prior and codes from an encoder. Sampling feeds codes from the prior alone. Such a
 * network therefore has separate statistics for inference, and so has a network with averaged
 * weights.
 */
final class NetworkWeights {

  private final NetworkRole role;
  private final NDList trainable = new NDList();
  private final List<String> trainableNames = new ArrayList<>();
  private final NDList buffers = new NDList();
  private final List<String> bufferNames = new ArrayList<>();
  private final NDList average = new NDList();
  private final NDList statistics = new NDList();

  /** By parameter id, the arrays that inference uses in place of the network's own. */
  private final Map<String, NDArray> replacements = new HashMap<>();

  private final boolean mixed;
  private boolean requiresGradient;

  /** Allocates and initialises the network's parameters under the seed. */
  NetworkWeights(NetworkRole role, NDManager manager, RandomStreams streams, InPlaceCopy inPlace) {
    this.role = role;
    EngineSeed.runSeeded(
        streams.at("init/" + role.role()).nextLong(),
        () -> role.block().initialize(manager, DataType.FLOAT32, role.inputShapes()));
    List<Boolean> trains = trainedParameters(role, role.block().getParameters());
    List<Parameter> parameters = role.block().getParameters().values();
    for (int i = 0; i < parameters.size(); i++) {
      boolean trained = trains.get(i);
      (trained ? trainable : buffers).add(parameters.get(i).getArray());
      (trained ? trainableNames : bufferNames).add(role.block().getParameters().keyAt(i));
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
    int trainableIndex = 0;
    int bufferIndex = 0;
    for (int i = 0; i < parameters.size(); i++) {
      NDList copies = trains.get(i) ? average : statistics;
      int index = trains.get(i) ? trainableIndex++ : bufferIndex++;
      if (!copies.isEmpty()) {
        replacements.put(parameters.get(i).getId(), copies.get(index));
      }
    }
  }

  /** For each parameter, whether it trains: not in the first layers, if the setup freezes them. */
  static List<Boolean> trainedParameters(NetworkRole role, ParameterList parameters) {
    List<Integer> layers = LayerNumbers.of(parameters.keys());
    int first = role.isFrozen() ? NetworkSetup.ALL_LAYERS : role.setup().frozenLayers();
    return IntStream.range(0, parameters.size())
        .mapToObj(i -> parameters.valueAt(i).requiresGradient() && layers.get(i) >= first)
        .toList();
  }

  /** For each trainable parameter, the factor of its learning rate. */
  List<Double> rates() {
    NetworkSetup setup = role.setup();
    List<String> names = role.block().getParameters().keys();
    List<Integer> layers = LayerNumbers.of(names);
    return trainableNames.stream()
        .map(name -> layers.get(names.indexOf(name)) < setup.slowLayers() ? setup.rate() : 1.0)
        .toList();
  }

  NetworkRole role() {
    return role;
  }

  /** The trainable parameters. */
  NDList trainable() {
    return trainable;
  }

  List<String> trainableNames() {
    return trainableNames;
  }

  /** The averaged copy of {@link #trainable}; empty without one. */
  NDList average() {
    return average;
  }

  /** The arrays that do not train, such as running statistics. */
  NDList buffers() {
    return buffers;
  }

  /**
   * The arrays that inference uses in place of {@link #buffers}; empty where it uses the buffers
   * themselves. Checkpoints leave them out because they are computed before each use.
   */
  NDList statistics() {
    return statistics;
  }

  Map<String, NDArray> namedTrainable() {
    return named(trainableNames, trainable);
  }

  Map<String, NDArray> namedBuffers() {
    return named(bufferNames, buffers);
  }

  /** The trainable parameters, then the buffers. */
  Map<String, NDArray> namedArrays() {
    Map<String, NDArray> all = namedTrainable();
    all.putAll(namedBuffers());
    return all;
  }

  /** The averaged copy, named like the trainable parameters; empty without one. */
  Map<String, NDArray> namedAverage() {
    return named(trainableNames, average);
  }

  /** All arrays in the order of the block's parameters. */
  Map<String, NDArray> orderedArrays() {
    Map<String, NDArray> all = namedArrays();
    Map<String, NDArray> ordered = new LinkedHashMap<>();
    role.block().getParameters().keys().forEach(name -> ordered.put(name, all.get(name)));
    return ordered;
  }

  private static Map<String, NDArray> named(List<String> names, NDList arrays) {
    Map<String, NDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < arrays.size(); i++) {
      named.put(names.get(i), arrays.get(i));
    }
    return named;
  }

  /** Whether the running statistics mix inputs of several applications. */
  boolean mixesStatistics() {
    return mixed;
  }

  /** Lets the averaged copy equal the weights again. */
  void restartAverage(InPlaceCopy inPlace) {
    if (!average.isEmpty()) {
      inPlace.copy(average, trainable);
    }
  }

  /** Turns recording for gradients on or off for these parameters. */
  void requireGradient(boolean on) {
    if (requiresGradient != on) {
      trainable.forEach(p -> p.setRequiresGradient(on));
      requiresGradient = on;
    }
  }

  /** Gives blocks the arrays that train. */
  static ParameterStore trainingParameters(NDManager manager) {
    return new ParameterStore(manager, false) {
      @Override
      public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return parameter == null ? null : parameter.getArray();
      }
    };
  }

  /** Gives blocks the averaged weights and the statistics for inference, where there are any. */
  static ParameterStore inferenceParameters(NDManager manager, List<NetworkWeights> networks) {
    Map<String, NDArray> all = new HashMap<>();
    networks.forEach(w -> all.putAll(w.replacements));
    return new ParameterStore(manager, false) {
      @Override
      public NDArray getValue(Parameter parameter, Device device, boolean training) {
        if (parameter == null) {
          return null;
        }
        NDArray replacement = all.get(parameter.getId());
        return replacement == null ? parameter.getArray() : replacement;
      }
    };
  }
}
