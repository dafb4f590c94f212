package org.gantry.recipes.internal.composition;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.CompositionException;
import org.gantry.training.CompositionException.MissingComponent;

/**
 * Turns a composition that does not fit into a problem. The problem says where the recipe names the
 * components, which bundles they are from, and which installed components would fit.
 *
 * @param catalog the installed components
 * @param start the start of the recipe, which stands for components that it does not name
 * @param networks where the recipe lists networks, which stands for roles that it does not name
 */
record CompositionDiagnosis(
    ComponentCatalog catalog, SourcePosition start, SourcePosition networks) {

  /** Adds the problem behind a failure. */
  void addTo(CompositionException failure, ProblemCollector problems) {
    String where = where(failure);
    problems.add(where, start, message(failure, where), fix(failure));
  }

  private String where(CompositionException failure) {
    boolean noNetwork =
        failure
            .missing()
            .filter(m -> RecipeFormat.ARCHITECTURES.contains(m.kind()))
            .filter(m -> failure.origins().stream().noneMatch(o -> o.kind().equals(m.kind())))
            .isPresent();
    if (noNetwork) {
      return networks.location();
    }
    return failure.origins().stream()
        .map(ComponentOrigin::where)
        .filter(w -> !w.isEmpty())
        .findFirst()
        .orElse(start.location());
  }

  private static String message(CompositionException failure, String where) {
    String message = MessageText.toSentence(failure.getMessage());
    List<String> origins =
        failure.origins().stream()
            .filter(o -> !message.contains(o.bundle()))
            .map(o -> o.label() + position(o, where) + " is from " + o.bundle())
            .distinct()
            .toList();
    return origins.isEmpty() ? message : message + " (" + MessageText.joined(origins, "and") + ".)";
  }

  private static String position(ComponentOrigin origin, String where) {
    if (origin.where().isEmpty()) {
      return ", which the recipe does not name,";
    }
    return origin.where().equals(where) ? "" : ", named at " + origin.where() + ",";
  }

  private String fix(CompositionException failure) {
    Optional<ComponentOrigin> first = failure.origins().stream().findFirst();
    if (failure.missing().isPresent()) {
      return suitable(failure.missing().get(), first);
    }
    // Manifests do not declare shapes, so the suggestion goes by the ports alone.
    return first
        .filter(o -> RecipeFormat.ARCHITECTURES.contains(o.kind()))
        .map(o -> others(new MissingComponent(o.kind(), o.takes(), o.gives()), o))
        .orElse("");
  }

  private String others(MissingComponent alike, ComponentOrigin unfit) {
    List<String> names = names(alike, Optional.of(unfit));
    return names.isEmpty()
        ? ""
        : (names.size() == 1
                ? "Another " + alike.kind() + " with the same ports: "
                : "Other " + MessageText.plural(alike.kind()) + " with the same ports: ")
            + MessageText.quoted(names, "and")
            + ".";
  }

  private String suitable(MissingComponent missing, Optional<ComponentOrigin> unfit) {
    List<String> names = names(missing, unfit);
    if (names.isEmpty()) {
      return "There is no installed "
          + missing.kind()
          + " that takes "
          + ports(missing.takes())
          + " and gives "
          + ports(missing.gives())
          + ".";
    }
    return (names.size() == 1
            ? "The installed " + missing.kind() + " that fits is "
            : "Installed " + MessageText.plural(missing.kind()) + " that fit: ")
        + MessageText.quoted(names, "and")
        + ".";
  }

  private List<String> names(MissingComponent missing, Optional<ComponentOrigin> unfit) {
    return catalog.ofKind(missing.kind()).stream()
        .filter(component -> fits(component, missing))
        .filter(c -> unfit.filter(o -> isOf(o, c)).isEmpty())
        .map(ComponentInfo::name)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isOf(ComponentOrigin origin, ComponentInfo component) {
    return origin.label().equals(component.kind() + "/" + component.name());
  }

  private static String ports(List<String> ports) {
    return ports.isEmpty() ? "nothing" : MessageText.quoted(ports, "and");
  }

  /** A network must take exactly the ports that it is given, and may give more than are read. */
  private static boolean fits(ComponentInfo component, MissingComponent missing) {
    boolean anyInputs = missing.takes().isEmpty();
    return (anyInputs || new HashSet<>(component.takes()).equals(new HashSet<>(missing.takes())))
        && component.gives().containsAll(missing.gives());
  }
}
