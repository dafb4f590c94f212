package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transfers the state of one session to another. Two networks of one role whose arrays have the
 * same shapes in the same order are the same network, whatever wraps did to the names. Otherwise
 * parameters are matched by name. If one of the networks is wrapped, they are matched by the end of
 * the name. An array without a match keeps its initial value, and the transfer notes that.
 */
final class WeightTransfer {

  private static final int NAMES_SHOWN = 3;

  private final SessionState from;
  private final SessionState into;

  /** For each role, from a parameter's new name to its old one. */
  private final Map<String, Map<String, String>> names = new HashMap<>();

  private final List<String> notTransferred = new ArrayList<>();

  private WeightTransfer(SessionState from, SessionState into) {
    this.from = from;
    this.into = into;
  }

  /**
   * Transfers weights, averages, optimizer slots, carried scalars and the step.
   *
   * @param into is at its initial state
   * @return a clause for each part that was not transferred; empty if everything was
   */
  static List<String> transfer(SessionState from, SessionState into) {
    WeightTransfer transfer = new WeightTransfer(from, into);
    transfer.transferNetworks();
    Map<String, NDArray> slots = new HashMap<>();
    from.players().forEach(p -> slots.putAll(p.namedSlots()));
    into.players().forEach(p -> transfer.transferSlots(p, slots));
    transfer.transferScalars();
    transfer.transferArrays();
    into.moveToStep(from.completedSteps());
    return List.copyOf(transfer.notTransferred);
  }

  private void transferNetworks() {
    for (NetworkWeights network : into.weights()) {
      String role = network.role().role();
      from.weights(role)
          .ifPresentOrElse(
              old -> transferWeights(old, network),
              () ->
                  notTransferred.add(
                      "the %s is new and starts from its initial weights".formatted(role)));
    }
    for (NetworkWeights network : from.weights()) {
      String role = network.role().role();
      if (into.weights(role).isEmpty()) {
        notTransferred.add("the %s was removed, and its weights are lost".formatted(role));
      }
    }
  }

  /** Transfers a network's weights, and their average if both keep one. */
  private void transferWeights(NetworkWeights old, NetworkWeights network) {
    Map<String, NDArray> arrays = old.namedArrays();
    Map<String, String> oldNames = new HashMap<>();
    oldNames.putAll(match(old.namedTrainable(), network.namedTrainable()));
    oldNames.putAll(match(old.namedBuffers(), network.namedBuffers()));
    String role = network.role().role();
    Map<String, NDArray> targets = network.namedArrays();
    List<String> missed = copy(arrays, targets, oldNames);
    missed.forEach(oldNames::remove);
    names.put(role, oldNames);
    if (!missed.isEmpty()) {
      notTransferred.add(
          missed.size() == targets.size()
              ? "the %s starts from its initial weights because its shapes differ".formatted(role)
              : "%d of %d arrays of the %s start from their initial values because their shapes differ: %s"
                  .formatted(missed.size(), targets.size(), role, shorten(missed)));
    }
    if (network.average().isEmpty()) {
      return;
    }
    copy(old.average().isEmpty() ? arrays : old.namedAverage(), network.namedAverage(), oldNames);
  }

  /**
   * Transfers the slots of a player's optimizer, after the weights. Slots of parameters that start
   * from their initial values do so, too, without a note.
   */
  private void transferSlots(PlayerState player, Map<String, NDArray> oldSlots) {
    Map<String, NDArray> slots = player.namedSlots();
    Map<String, String> oldNames = new HashMap<>();
    for (String name : slots.keySet()) {
      int role = name.indexOf('/');
      int slot = name.lastIndexOf('/');
      Optional.ofNullable(names.get(name.substring(0, role)))
          .map(n -> n.get(name.substring(role + 1, slot)))
          .ifPresent(
              old -> oldNames.put(name, name.substring(0, role + 1) + old + name.substring(slot)));
    }
    List<String> missed = copy(oldSlots, slots, oldNames);
    if (missed.stream().anyMatch(oldNames::containsKey)) {
      notTransferred.add("the optimizer of the %s starts from zero".formatted(player.name()));
    }
  }

  private void transferScalars() {
    Map<String, Double> old = new HashMap<>();
    from.carried().forEach((state, value) -> old.put(state.name(), value));
    Map<GraphScalarState, Double> next = new HashMap<>();
    into.carried()
        .forEach((state, value) -> next.put(state, old.getOrDefault(state.name(), value)));
    into.carry(next);
  }

  private void transferArrays() {
    Map<String, NDArray> carried = into.namedArrays();
    Map<String, String> same = new HashMap<>();
    carried.keySet().forEach(name -> same.put(name, name));
    Map<String, NDArray> old = from.namedArrays();
    for (String missed : copy(old, carried, same)) {
      if (old.containsKey(missed)) {
        notTransferred.add(
            "the state %s starts from its initial value because its shape differs"
                .formatted(missed));
      }
    }
  }

  /** Copies arrays of equal shape, and returns the names of the targets without one. */
  private List<String> copy(
      Map<String, NDArray> sources, Map<String, NDArray> targets, Map<String, String> oldNames) {
    List<String> missed = new ArrayList<>();
    NDList copied = new NDList();
    NDList overwritten = new NDList();
    targets.forEach(
        (name, target) -> {
          NDArray source = sources.get(oldNames.getOrDefault(name, ""));
          if (source != null && source.getShape().equals(target.getShape())) {
            copied.add(source);
            overwritten.add(target);
          } else {
            missed.add(name);
          }
        });
    if (!overwritten.isEmpty()) {
      into.inPlace().copy(overwritten, copied);
    }
    return missed;
  }

  private static String shorten(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
        + (names.size() > NAMES_SHOWN ? ", ..." : "");
  }

  /** Maps each new name to the old one of the same parameter. */
  static Map<String, String> match(Map<String, NDArray> from, Map<String, NDArray> into) {
    List<String> old = List.copyOf(from.keySet());
    List<String> now = List.copyOf(into.keySet());
    Map<String, String> matched = new HashMap<>();
    if (shapes(from).equals(shapes(into))) {
      for (int i = 0; i < now.size(); i++) {
        matched.put(now.get(i), old.get(i));
      }
      return matched;
    }
    now.stream().filter(from::containsKey).forEach(n -> matched.put(n, n));
    if (matched.isEmpty() && !old.isEmpty() && !now.isEmpty()) {
      prefix(old, now).ifPresent(p -> old.forEach(o -> matched.put(p + o, o)));
      prefix(now, old).ifPresent(p -> now.forEach(n -> matched.put(n, p + n)));
    }
    return matched;
  }

  private static List<Shape> shapes(Map<String, NDArray> arrays) {
    return arrays.values().stream().map(NDArray::getShape).toList();
  }

  /** The prefix that turns every short name into one of the long ones. */
  private static Optional<String> prefix(List<String> brief, List<String> extended) {
    return extended.stream()
        .filter(e -> e.endsWith(brief.get(0)))
        .map(e -> e.substring(0, e.length() - brief.get(0).length()))
        .filter(p -> brief.stream().allMatch(b -> extended.contains(p + b)))
        .findFirst();
  }
}
