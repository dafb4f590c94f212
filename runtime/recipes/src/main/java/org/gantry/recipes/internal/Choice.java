package org.gantry.recipes.internal;

import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.training.ComponentOrigin;

/**
 * A component that a recipe chooses, with its options.
 *
 * @param component the component
 * @param options its options; empty if it has none
 * @param path where in the recipe it is, such as {@code regularizers[0]}
 * @param place where it is written; the start of the file for one that the recipe does not name
 * @param written whether the recipe names it
 */
record Choice(
    ComponentInfo component, Optional<Record> options, String path, Place place, boolean written) {

  ComponentOrigin origin() {
    return new ComponentOrigin(
        component.kind(),
        component.name(),
        component.version(),
        component.bundle() + " " + component.bundleVersion(),
        component.takes(),
        component.gives(),
        written ? place.where() : "");
  }

  /** The choice as a recipe would write it, with all that could be left out. */
  Value spelled(Spelling spelling) {
    String reference = Reference.pinned(component);
    if (options.isEmpty()) {
      return spelling.name(reference);
    }
    return new Mapping(
        List.of(new Entry(reference, place, spelling.options(options.get()))), place);
  }
}
