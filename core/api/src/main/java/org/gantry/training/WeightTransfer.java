package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.tensor.InPlaceCopy;

/**
 * Carries arrays from one session to another. Two networks of one role with the same shapes in the
 * same order are the same network, whatever wraps made of the names; otherwise parameters are found
 * by name, and those of a network that is wrapped, or no longer, by the end of the name. What finds
 * nothing begins anew, which is noted.
 */
final class WeightTransfer {

  private final InPlaceCopy inPlace;

  /** For each role, from a parameter's new name to its old one. */
  private final Map<String, Map<String, String>> names = new HashMap<>();

  private final List<String> notTransferred = new ArrayList<>();

  WeightTransfer(InPlaceCopy inPlace) {
    this.inPlace = inPlace;
  }

  /** What was not carried, as clauses. */
  List<String> notTransferred() {
    return List.copyOf(notTransferred);
  }

  /** Notes that there is nothing to carry into a network. */
  void noteNew(NetworkWeights into) {
    notTransferred.add(
        "the %s is new and begins at its initial weights".formatted(into.role().role()));
  }

  /** Notes that a network is not there any more. */
  void noteRemoved(NetworkWeights from) {
    notTransferred.add("the %s is gone, and what it has learnt".formatted(from.role().role()));
  }

  /** Carries a network's weights, and their average if both keep one. */
  void transferWeights(NetworkWeights from, NetworkWeights into) {
    Map<String, NDArray> old = named(from.allNames(), from.all());
    Map<String, String> oldNames = new HashMap<>();
    oldNames.putAll(
        matched(
            named(from.trainableNames(), from.trainable()),
            named(into.trainableNames(), into.trainable())));
    oldNames.putAll(matched(buffers(from), buffers(into)));
    String role = into.role().role();
    List<String> missed = copy(old, named(into.allNames(), into.all()), oldNames);
    missed.forEach(oldNames::remove);
    names.put(role, oldNames);
    if (!missed.isEmpty()) {
      notTransferred.add(
          missed.size() == into.allNames().size()
              ? "the %s begins at its initial weights, for its shapes are others".formatted(role)
              : "of the %s, %d of %d arrays begin at their initial values, for their shapes are others: %s"
                  .formatted(role, missed.size(), into.allNames().size(), some(missed)));
    }
    if (into.average().isEmpty()) {
      return;
    }
    boolean averaged = !from.average().isEmpty();
    copy(
        averaged ? named(from.trainableNames(), from.average()) : old,
        named(into.trainableNames(), into.average()),
        oldNames);
  }

  /**
   * Carries what optimizers keep, named {@code role/parameter/slot}; weights come first. What is
   * kept of weights that begin anew does so, too, without a word.
   *
   * @param player whose optimizer it is
   */
  void transferSlots(String player, Map<String, NDArray> from, Map<String, NDArray> into) {
    Map<String, String> oldNames = new HashMap<>();
    for (String name : into.keySet()) {
      int role = name.indexOf('/');
      int slot = name.lastIndexOf('/');
      Optional.ofNullable(names.get(name.substring(0, role)))
          .map(n -> n.get(name.substring(role + 1, slot)))
          .ifPresent(
              old -> oldNames.put(name, name.substring(0, role + 1) + old + name.substring(slot)));
    }
    List<String> missed = copy(from, into, oldNames);
    if (missed.stream().anyMatch(oldNames::containsKey)) {
      notTransferred.add("what the optimizer of the %s keeps begins anew".formatted(player));
    }
  }

  /** Copies what fits, and returns the names of what nothing was copied to. */
  private List<String> copy(
      Map<String, NDArray> from, Map<String, NDArray> into, Map<String, String> oldNames) {
    List<String> missed = new ArrayList<>();
    NDList sources = new NDList();
    NDList targets = new NDList();
    into.forEach(
        (name, target) -> {
          NDArray source = from.get(oldNames.getOrDefault(name, ""));
          if (source != null && source.getShape().equals(target.getShape())) {
            sources.add(source);
            targets.add(target);
          } else {
            missed.add(name);
          }
        });
    if (!targets.isEmpty()) {
      inPlace.copy(targets, sources);
    }
    return missed;
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(3, names.size())))
        + (names.size() > 3 ? ", ..." : "");
  }

  private static Map<String, NDArray> buffers(NetworkWeights weights) {
    int trainable = weights.trainable().size();
    List<String> names = weights.allNames();
    return named(names.subList(trainable, names.size()), weights.buffers());
  }

  private static Map<String, NDArray> named(List<String> names, NDList arrays) {
    Map<String, NDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < arrays.size(); i++) {
      named.put(names.get(i), arrays.get(i));
    }
    return named;
  }

  /** From each new name to the old one that it stands for. */
  private static Map<String, String> matched(Map<String, NDArray> from, Map<String, NDArray> into) {
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

  /** What stands before all short names in the long ones. */
  private static Optional<String> prefix(List<String> brief, List<String> extended) {
    return extended.stream()
        .filter(e -> e.endsWith(brief.get(0)))
        .map(e -> e.substring(0, e.length() - brief.get(0).length()))
        .filter(p -> brief.stream().allMatch(b -> extended.contains(p + b)))
        .findFirst();
  }
}
