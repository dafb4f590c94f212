package org.gantry.recipes.internal;

import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.training.ComponentOrigin;

/**
 * A component that a recipe chooses, with its options.
 *
 * @param component the component
 * @param options its options; empty if it has none
 * @param path where in the recipe it is, such as {@code regularizers[0]}
 * @param position where it is written; the start of the file for one that the recipe does not name
 * @param written whether the recipe names it
 */
record ComponentChoice(
    ComponentInfo component,
    Optional<Record> options,
    String path,
    SourcePosition position,
    boolean written) {

  ComponentOrigin origin() {
    return new ComponentOrigin(
        component.kind(),
        component.name(),
        component.version(),
        component.bundle() + " " + component.bundleVersion(),
        component.takes(),
        component.gives(),
        written ? position.location() : "");
  }

  /** The choice as a recipe would write it, with all that could be left out. */
  YamlValue toYaml(OptionWriter spelling) {
    String reference = ComponentReference.pinned(component);
    if (options.isEmpty()) {
      return spelling.plain(reference);
    }
    return new Mapping(
        List.of(new MappingEntry(reference, position, spelling.write(options.get()))), position);
  }
}
