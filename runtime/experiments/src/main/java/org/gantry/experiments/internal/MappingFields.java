package org.gantry.experiments.internal;

import java.util.List;
import java.util.Optional;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Value.Sequence;
import org.gantry.recipes.text.Wording;

/** The parts of a mapping, where each must be of one form. */
final class MappingFields {

  private MappingFields() {}

  /** A text; empty if there is none. */
  static String text(Mapping mapping, String key, Problems problems) {
    Optional<Value> value = mapping.get(key);
    if (value.isEmpty()) {
      return "";
    } else if (value.get() instanceof Scalar scalar) {
      return scalar.text().strip().replaceAll("\\s+", " ");
    }
    problems.add(
        value.get().place(),
        Wording.quoted(key) + " expects a text, not " + value.get().found() + ".",
        "");
    return "";
  }

  /** The entries of a mapping within the mapping; none if there is none. */
  static List<Entry> entries(Mapping mapping, String key, Problems problems) {
    Optional<Value> value = mapping.get(key).filter(v -> !v.isNothing());
    if (value.isEmpty()) {
      return List.of();
    } else if (value.get() instanceof Mapping inner) {
      return inner.entries();
    }
    problems.add(
        value.get().place(),
        Wording.quoted(key) + " expects a mapping, not " + value.get().found() + ".",
        "Write 'key: value' lines below it.");
    return List.of();
  }

  /** The items of a list within the mapping; none if there is none. */
  static List<Value> items(Mapping mapping, String key, Problems problems) {
    Optional<Value> value = mapping.get(key).filter(v -> !v.isNothing());
    if (value.isEmpty()) {
      return List.of();
    } else if (value.get() instanceof Sequence list) {
      return list.items();
    }
    problems.add(
        value.get().place(),
        Wording.quoted(key) + " expects a list, not " + value.get().found() + ".",
        "Begin each of its lines with '- '.");
    return List.of();
  }

  static void refuseUnknown(String owner, Mapping mapping, List<String> keys, Problems problems) {
    for (Entry entry : mapping.entries()) {
      if (!keys.contains(entry.key())) {
        problems.add(
            entry.place(),
            owner + " has no " + Wording.quoted(entry.key()) + ".",
            Nearest.hint(entry.key(), keys) + "It can have " + Wording.quoted(keys, "and") + ".");
      }
    }
  }
}
