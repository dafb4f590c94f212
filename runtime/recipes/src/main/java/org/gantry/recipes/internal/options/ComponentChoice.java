package org.gantry.recipes.internal.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.components.ComponentInfo;
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
    Optional<BoundOptions> options,
    String path,
    SourcePosition position,
    boolean written) {

  /** Returns where the component comes from, for messages and the records of runs. */
  public ComponentOrigin origin() {
    Map<String, ComponentOrigin> parts = new LinkedHashMap<>();
    options.ifPresent(
        bound -> bound.components().forEach((path, part) -> parts.put(path, part.origin())));
    return new ComponentOrigin(
        component.kind(),
        component.name(),
        component.version(),
        component.bundle() + " " + component.bundleVersion(),
        component.takes(),
        component.gives(),
        written ? position.location() : "",
        parts);
  }

  /** Returns this component and, after it, those among its options. */
  public Stream<ComponentChoice> withParts() {
    return Stream.concat(
        Stream.of(this),
        options.stream()
            .flatMap(bound -> bound.components().values().stream())
            .flatMap(ComponentChoice::withParts));
  }

  /** Returns the component as a resolved recipe names it: pinned, with every option. */
  public YamlValue toYaml(OptionWriter writer) {
    String reference = ComponentReference.pinned(component);
    if (options.isEmpty()) {
      return writer.plain(reference);
    }
    return new Mapping(
        List.of(new MappingEntry(reference, position, options.get().toYaml(writer))), position);
  }
}
