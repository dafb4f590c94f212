package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.optimizer.Optimizer;

/**
 * One player of a session.
 *
 * @param networks the weights of its networks
 * @param parameters the trainable parameters of all its networks, in order
 * @param slots the arrays that the optimizer keeps for each parameter, by slot
 */
record PlayerState(
    String name,
    List<NetworkWeights> networks,
    NDList parameters,
    Optimizer optimizer,
    Map<String, NDList> slots) {

  /** Allocates the optimizer's slots, filled with zeros. */
  static PlayerState allocate(
      String name, List<NetworkWeights> networks, Optimizer optimizer, NDManager manager) {
    NDList parameters = new NDList();
    networks.forEach(n -> parameters.addAll(n.trainable()));
    Map<String, NDList> slots = new LinkedHashMap<>();
    for (String slot : optimizer.slots()) {
      NDList arrays = new NDList();
      parameters.forEach(p -> arrays.add(manager.zeros(p.getShape(), p.getDataType())));
      slots.put(slot, arrays);
    }
    return new PlayerState(name, networks, parameters, optimizer, slots);
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
