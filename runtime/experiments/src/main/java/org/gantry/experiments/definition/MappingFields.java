package org.gantry.experiments.definition;

import java.util.List;
import java.util.Optional;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/** Reads the values of a mapping and checks their form. */
final class MappingFields {

  private MappingFields() {}

  /** Returns a text; empty if the key is missing. */
  static String text(Mapping mapping, String key, ProblemCollector problems) {
    Optional<YamlValue> value = mapping.get(key);
    if (value.isEmpty()) {
      return "";
    } else if (value.get() instanceof Scalar scalar) {
      return scalar.text().strip().replaceAll("\\s+", " ");
    }
    problems.add(
        value.get().position(),
        MessageText.quoted(key) + " expects a text, not " + value.get().description() + ".",
        "");
    return "";
  }

  /** Returns the entries of an inner mapping; empty if the key is missing. */
  static List<MappingEntry> entries(Mapping mapping, String key, ProblemCollector problems) {
    Optional<YamlValue> value = mapping.get(key).filter(v -> !v.isNull());
    if (value.isEmpty()) {
      return List.of();
    } else if (value.get() instanceof Mapping inner) {
      return inner.entries();
    }
    problems.add(
        value.get().position(),
        MessageText.quoted(key) + " expects a mapping, not " + value.get().description() + ".",
        "Write 'key: value' lines below it.");
    return List.of();
  }

  /** Returns the items of a list; empty if the key is missing. */
  static List<YamlValue> items(Mapping mapping, String key, ProblemCollector problems) {
    Optional<YamlValue> value = mapping.get(key).filter(v -> !v.isNull());
    if (value.isEmpty()) {
      return List.of();
    } else if (value.get() instanceof Sequence list) {
      return list.items();
    }
    problems.add(
        value.get().position(),
        MessageText.quoted(key) + " expects a list, not " + value.get().description() + ".",
        "Begin each of its lines with '- '.");
    return List.of();
  }

  static void refuseUnknown(
      String owner, Mapping mapping, List<String> keys, ProblemCollector problems) {
    for (MappingEntry entry : mapping.entries()) {
      if (!keys.contains(entry.key())) {
        problems.add(
            entry.position(),
            owner + " has no " + MessageText.quoted(entry.key()) + ".",
            NearestName.suggestion(entry.key(), keys)
                + "It can have "
                + MessageText.quoted(keys, "and")
                + ".");
      }
    }
  }
}
