package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;

/**
 * One player of a session.
 *
 * @param networks the weights of its networks
 * @param parameters the trainable parameters of all its networks, in order
 * @param rates for each parameter, the factor of its learning rate
 * @param slots the arrays that the optimizer keeps for each parameter, by slot
 */
record PlayerState(
    String name,
    List<NetworkWeights> networks,
    NDList parameters,
    List<Double> rates,
    Optimizer optimizer,
    Map<String, NDList> slots) {

  /** Allocates the optimizer's slots, filled with zeros. */
  static PlayerState allocate(
      String name, List<NetworkWeights> networks, Optimizer optimizer, NDManager manager) {
    NDList parameters = new NDList();
    networks.forEach(n -> parameters.addAll(n.trainable()));
    List<Double> rates = networks.stream().flatMap(n -> n.rates().stream()).toList();
    Map<String, NDList> slots = new LinkedHashMap<>();
    for (String slot : optimizer.slots()) {
      NDList arrays = new NDList();
      parameters.forEach(p -> arrays.add(manager.zeros(p.getShape(), p.getDataType())));
      slots.put(slot, arrays);
    }
    return new PlayerState(name, networks, parameters, rates, optimizer, slots);
  }

  /**
   * Updates the parameters, once for each learning rate.
   *
   * @param count the number of updates so far, this one included
   * @param progress the completed share of the training, in [0, 1]
   * @param factor multiplies the learning rate of all parameters
   */
  void update(NDList gradients, long count, double progress, double factor) {
    for (double rate : new LinkedHashSet<>(rates)) {
      optimizer.update(
          new ParameterUpdate(
              select(parameters, rate),
              select(gradients, rate),
              selectSlots(rate),
              count,
              progress,
              factor * rate));
    }
  }

  private Map<String, NDList> selectSlots(double rate) {
    Map<String, NDList> selected = new LinkedHashMap<>();
    slots.forEach((slot, arrays) -> selected.put(slot, select(arrays, rate)));
    return selected;
  }

  /** The arrays of the parameters with that rate; usually all of them. */
  private NDList select(NDList arrays, double rate) {
    NDList selected = new NDList();
    for (int i = 0; i < arrays.size(); i++) {
      if (rates.get(i) == rate) {
        selected.add(arrays.get(i));
      }
    }
    return selected;
  }

  /** The arrays of all slots, named {@code role/parameter/slot}. */
  Map<String, NDArray> namedSlots() {
    Map<String, NDArray> named = new LinkedHashMap<>();
    slots.forEach(
        (slot, arrays) -> {
          int index = 0;
          for (NetworkWeights network : networks) {
            for (String parameter : network.trainableNames()) {
              named.put(network.role().role() + "/" + parameter + "/" + slot, arrays.get(index++));
            }
          }
        });
    return named;
  }
}
