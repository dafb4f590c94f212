package org.gantry.recipes.internal.edit;

import java.util.List;
import org.gantry.recipes.internal.edit.RecipePath.PathStep;
import org.gantry.recipes.internal.options.ComponentReference;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;

/** Finds the elements of a recipe's lists. */
final class ListIndex {

  private ListIndex() {}

  /**
   * Returns the index that a step of a path names.
   *
   * @throws EditRefusedException if the list has no such element
   */
  static int of(PathStep step, Sequence list) throws EditRefusedException {
    int size = list.items().size();
    if (step.appends() || Integer.parseInt(step.key()) >= size) {
      throw new EditRefusedException(
          "There is no element " + step + "; the list has " + size + ".",
          size == 0
              ? "Write [+] at the end of the path to append to it."
              : "Write an index from [0] to ["
                  + (size - 1)
                  + "], or [+] at the end of the path to append.");
    }
    return Integer.parseInt(step.key());
  }

  /**
   * Returns the index of a component by its name.
   *
   * @param otherFix what else the author can do if the list does not contain it; may be empty
   * @throws EditRefusedException if the list does not contain it, or contains it more than once
   */
  static int ofComponent(String name, Sequence list, String otherFix) throws EditRefusedException {
    List<String> names = list.items().stream().map(ListIndex::componentName).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      String contents =
          names.isEmpty()
              ? "It is empty. "
              : NearestName.suggestion(name, names)
                  + "It contains "
                  + MessageText.quoted(names, "and")
                  + ". ";
      throw new EditRefusedException(
          "The recipe's list does not contain " + MessageText.quoted(name) + ".",
          contents + otherFix);
    }
    if (index != names.lastIndexOf(name)) {
      throw new EditRefusedException(
          "The recipe's list contains " + MessageText.quoted(name) + " more than once.",
          "Write its index instead: [" + index + "] is the first.");
    }
    return index;
  }

  private static String componentName(YamlValue item) {
    if (item instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      return ComponentReference.nameIn(mapping.entries().get(0).key());
    }
    return item instanceof Scalar name ? ComponentReference.nameIn(name.text()) : "";
  }
}
