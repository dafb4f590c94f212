package org.gantry.recipes.internal.composition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.architecture.NetworkPorts;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ModuleFile;
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
 * @param trials tries other architectures
 */
record CompositionDiagnosis(
    ComponentCatalog catalog,
    SourcePosition start,
    SourcePosition networks,
    ArchitectureTrials trials) {

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
            .filter(m -> failure.origins().stream().noneMatch(o -> isNetwork(o, m.kind())))
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

  private static boolean isNetwork(ComponentOrigin origin, String kind) {
    return origin.kind().equals(kind) || origin.kind().equals(ModuleFile.KEY);
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
    return first
        .filter(o -> RecipeFormat.ARCHITECTURES.contains(o.kind()))
        .map(o -> others(alike(o), o))
        .orElse("");
  }

  /** The ports of a component that every one in its place needs; the optional ones are not. */
  private static MissingComponent alike(ComponentOrigin origin) {
    List<String> takes = NetworkPorts.declared(origin.takes(), origin.gives()).takes();
    return new MissingComponent(origin.kind(), origin.kind(), takes, origin.gives());
  }

  private String others(MissingComponent alike, ComponentOrigin unfit) {
    List<String> names =
        fitting(alike, Optional.of(unfit))
            .filter(candidate -> trials.fits(candidate, unfit))
            .map(ComponentInfo::name)
            .distinct()
            .sorted()
            .toList();
    return names.isEmpty()
        ? ""
        : (names.size() == 1
                ? "Another " + alike.kind() + " fits: "
                : "Other " + MessageText.plural(alike.kind()) + " fit: ")
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
    return fitting(missing, unfit).map(ComponentInfo::name).distinct().sorted().toList();
  }

  /** The installed components with the same ports, without the one that does not fit. */
  private Stream<ComponentInfo> fitting(MissingComponent missing, Optional<ComponentOrigin> unfit) {
    return catalog.ofKind(missing.kind()).stream()
        .filter(component -> fits(component, missing))
        .filter(c -> unfit.filter(o -> isOf(o, c)).isEmpty());
  }

  private static boolean isOf(ComponentOrigin origin, ComponentInfo component) {
    return origin.label().equals(component.kind() + "/" + component.name());
  }

  private static String ports(List<String> ports) {
    return ports.isEmpty() ? "nothing" : MessageText.quoted(ports, "and");
  }

  /**
   * A network must be able to take exactly the ports that it is given, and may give more than are
   * read.
   */
  private static boolean fits(ComponentInfo component, MissingComponent missing) {
    boolean anyInputs = missing.takes().isEmpty();
    NetworkPorts ports = NetworkPorts.declared(component.takes(), component.gives());
    return (anyInputs || ports.canTake(missing.takes()))
        && component.gives().containsAll(missing.gives());
  }
}
