package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The weights that networks start from, where a composition names a source for them. */
final class InitialWeights {

  private InitialWeights() {}

  /**
   * Copies the weights of a network's source over its initial weights.
   *
   * @throws CompositionException if the source cannot be read or holds another network
   */
  static void load(NetworkWeights network, SessionState state) {
    NetworkRole role = network.role();
    if (role.setup().weights().isEmpty()) {
      return;
    }
    WeightSource source = role.setup().weights().get();
    try (NDManager scratch = state.manager().newSubManager()) {
      Map<String, NDArray> targets = network.orderedArrays();
      Map<String, NDArray> found = source.read(scratch);
      Map<String, String> names = WeightTransfer.match(found, targets);
      NDList into = new NDList();
      NDList from = new NDList();
      List<String> missed = new ArrayList<>();
      targets.forEach(
          (name, target) -> {
            NDArray stored = found.get(names.getOrDefault(name, ""));
            if (stored == null || !stored.getShape().equals(target.getShape())) {
              missed.add(
                  name
                      + (stored == null
                          ? " is missing"
                          : " has shape %s instead of %s"
                              .formatted(stored.getShape(), target.getShape())));
            } else {
              into.add(target);
              from.add(stored);
            }
          });
      if (!missed.isEmpty()) {
        throw new CompositionException(
            "the %s cannot start from %s, which holds another network: %s"
                .formatted(role.role(), source.label(), String.join(", ", first(missed))),
            List.of(role.origin()));
      }
      state.inPlace().copy(into, from);
      network.restartAverage(state.inPlace());
    } catch (IOException e) {
      throw new CompositionException(
          "the %s cannot start from %s: %s".formatted(role.role(), source.label(), e.getMessage()),
          List.of(role.origin()),
          e);
    }
  }

  private static List<String> first(List<String> texts) {
    return texts.subList(0, Math.min(3, texts.size()));
  }
}
