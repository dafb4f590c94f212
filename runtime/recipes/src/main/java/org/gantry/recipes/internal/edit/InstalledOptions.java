package org.gantry.recipes.internal.edit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.internal.options.ComponentReference;
import org.gantry.recipes.internal.options.OptionDeclaration;

/**
 * The options of the installed components, by which a path finds the components among them.
 *
 * @param components the installed components
 */
public record InstalledOptions(ComponentRegistry components) {

  /** Whether a component of any kind has this name. */
  boolean hasName(String name) {
    return components.all().stream().anyMatch(component -> component.name().equals(name));
  }

  /** Returns the kinds that have a component of this name. */
  Stream<String> kindsOf(String name) {
    return components.all().stream().filter(c -> c.name().equals(name)).map(ComponentInfo::kind);
  }

  /**
   * Returns the options of a component. None if it is not installed or does not work, which is
   * reported when the changed recipe is read.
   */
  List<OptionDeclaration> of(String kind, String reference) {
    Optional<ComponentReference> wanted = ComponentReference.parse(reference);
    return components.all().stream()
        .filter(c -> c.kind().equals(kind))
        .filter(c -> wanted.filter(w -> isNamed(c, w)).isPresent())
        .findFirst()
        .map(this::of)
        .orElse(List.of());
  }

  private static boolean isNamed(ComponentInfo component, ComponentReference wanted) {
    return component.name().equals(wanted.name())
        && wanted.bundle().map(component.bundle()::equals).orElse(true);
  }

  private List<OptionDeclaration> of(ComponentInfo component) {
    try {
      return components.optionsType(component).map(OptionDeclaration::of).orElse(List.of());
    } catch (ComponentException | IllegalArgumentException e) {
      return List.of();
    }
  }
}
