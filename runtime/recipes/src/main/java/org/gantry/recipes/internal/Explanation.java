package org.gantry.recipes.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.training.CompositionException;
import org.gantry.training.CompositionException.Missing;
import org.gantry.training.Origin;

/**
 * Says of components that do not fit where the recipe names them, which bundles they are from, and
 * what would fit.
 *
 * @param catalog the installed components
 * @param start the start of the recipe, for components that it does not name
 */
record Explanation(Catalog catalog, Place start) {

  void of(CompositionException failure, Problems problems) {
    StringBuilder message = new StringBuilder(Wording.sentence(failure.getMessage()));
    for (Origin origin : failure.origins()) {
      if (message.indexOf(origin.bundle()) < 0) {
        message.append(" (").append(origin.label()).append(" is from ").append(origin.bundle());
        message.append(origin.where().isEmpty() ? "; the recipe does not name it" : "");
        message.append(".)");
      }
    }
    String where =
        failure.origins().stream()
            .map(Origin::where)
            .filter(w -> !w.isEmpty())
            .findFirst()
            .orElse(start.where());
    problems.add(
        where,
        start,
        message.toString(),
        failure.missing().map(m -> fitting(m, failure)).orElse(""));
  }

  private String fitting(Missing missing, CompositionException failure) {
    Optional<String> unfit =
        failure.origins().stream()
            .findFirst()
            .filter(o -> o.kind().equals(missing.kind()))
            .map(Origin::name);
    List<String> names =
        catalog.of(missing.kind()).stream()
            .filter(component -> fits(component, missing))
            .map(ComponentInfo::name)
            .filter(name -> unfit.map(u -> !u.equals(name)).orElse(true))
            .distinct()
            .sorted()
            .toList();
    if (names.isEmpty()) {
      return "No installed "
          + missing.kind()
          + " takes "
          + ports(missing.takes())
          + " and gives "
          + ports(missing.gives())
          + ".";
    }
    return (names.size() == 1
            ? "The installed " + missing.kind() + " that fits is "
            : "Installed " + Wording.many(missing.kind()) + " that fit: ")
        + Wording.quoted(names, "and")
        + ".";
  }

  private static String ports(List<String> ports) {
    return ports.isEmpty() ? "nothing" : Wording.quoted(ports, "and");
  }

  /** A network reads all ports that it is given, and may give more than is read. */
  private static boolean fits(ComponentInfo component, Missing missing) {
    boolean anyInputs = missing.takes().isEmpty();
    return (anyInputs || new HashSet<>(component.takes()).equals(new HashSet<>(missing.takes())))
        && component.gives().containsAll(missing.gives());
  }
}
