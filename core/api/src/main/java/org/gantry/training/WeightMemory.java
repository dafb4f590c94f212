package org.gantry.training;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.tensor.NativeEngine;

/**
 * The memory that a training needs for its networks, in bytes. It does not count the values that a
 * step computes, which depend on the batch.
 *
 * @param weights all parameters, and the averaged copies of those that train
 * @param gradients the gradients of the player with most parameters: others are not there meanwhile
 * @param optimizerState the arrays that optimizers keep for each parameter
 * @param parameters the number of parameters of each network, by role, in the order of the roles
 */
public record WeightMemory(
    long weights, long gradients, long optimizerState, Map<String, Long> parameters) {

  /** Keeps the order of the roles. */
  public WeightMemory {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The sum of all parts. */
  public long bytes() {
    return Math.addExact(weights, Math.addExact(gradients, optimizerState));
  }

  /** The role of the network with most parameters. */
  public String largestNetwork() {
    return Collections.max(parameters.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** Estimates the memory without allocating it. */
  static WeightMemory of(TrainingGraph graph) {
    long numbers = 0;
    Map<String, Long> parameters = new LinkedHashMap<>();
    Map<String, Long> trained = new HashMap<>();
    try (NDManager manager = NativeEngine.newManager()) {
      for (NetworkRole role : graph.networks()) {
        ParameterList all = measured(role, manager).getParameters();
        List<Boolean> trains = NetworkWeights.trainedParameters(role, all);
        long trainable = 0;
        long size = 0;
        for (int i = 0; i < all.size(); i++) {
          long count = all.valueAt(i).getShape().size();
          size += count;
          trainable += trains.get(i) ? count : 0;
        }
        parameters.put(role.role(), size);
        trained.merge(role.player(), trainable, Long::sum);
        numbers += size + (role.averaging().isPresent() ? trainable : 0);
      }
    }
    long slots = 0;
    for (String player : graph.players()) {
      slots +=
          graph.composition().optimizers().apply(player).component().slots().size()
              * trained.getOrDefault(player, 0L);
    }
    long gradients =
        graph.players().stream().mapToLong(p -> trained.getOrDefault(p, 0L)).max().orElse(0);
    return new WeightMemory(
        Float.BYTES * numbers, Float.BYTES * gradients, Float.BYTES * slots, parameters);
  }

  /** A network with the shapes of its parameters; another instance, unless it was loaded. */
  private static Block measured(NetworkRole role, NDManager manager) {
    boolean loaded =
        role.block().getParameters().values().stream().allMatch(Parameter::isInitialized);
    if (loaded) {
      return role.block();
    }
    Block twin = role.newBlock();
    ParameterShapes.infer(twin, manager, role.inputShapes());
    return twin;
  }
}
