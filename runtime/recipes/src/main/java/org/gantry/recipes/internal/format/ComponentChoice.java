package org.gantry.recipes.internal.format;

import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.internal.options.OptionWriter;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.training.ComponentOrigin;

/**
 * A component that a recipe names or has by default, with its options.
 *
 * @param component the component
 * @param options its options; empty if it has none
 * @param path its path in the recipe, such as {@code regularizers[0]}
 * @param position where it is written; the start of the file for a default
 * @param written whether the recipe names it
 */
public record ComponentChoice(
    ComponentInfo component,
    Optional<Record> options,
    String path,
    SourcePosition position,
    boolean written) {

  /** Returns where the component comes from, for messages and the records of runs. */
  public ComponentOrigin origin() {
    return new ComponentOrigin(
        component.kind(),
        component.name(),
        component.version(),
        component.bundle() + " " + component.bundleVersion(),
        component.takes(),
        component.gives(),
        written ? position.location() : "");
  }

  /** Returns the component as a resolved recipe names it: pinned, with every option. */
  public YamlValue toYaml(OptionWriter writer) {
    String reference = ComponentReference.pinned(component);
    if (options.isEmpty()) {
      return writer.plain(reference);
    }
    return new Mapping(
        List.of(new MappingEntry(reference, position, writer.write(options.get()))), position);
  }
}
