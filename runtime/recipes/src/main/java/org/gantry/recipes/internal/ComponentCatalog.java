package org.gantry.recipes.internal;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;

/**
 * The components installed at one moment, and what references to them mean.
 *
 * @param all the components
 * @param anyVersion whether a version that is not installed gives way to those that are
 */
record ComponentCatalog(List<ComponentInfo> all, boolean anyVersion) {

  ComponentCatalog {
    all = List.copyOf(all);
  }

  List<ComponentInfo> ofKind(String kind) {
    return all.stream().filter(c -> c.kind().equals(kind)).toList();
  }

  /** The kinds that the host composes or a bundle adds. */
  Collection<String> kinds() {
    TreeSet<String> kinds =
        new TreeSet<>(
            List.of(
                ComponentKind.GENERATOR,
                ComponentKind.DISCRIMINATOR,
                ComponentKind.ENCODER,
                ComponentKind.TOPOLOGY,
                ComponentKind.LOSS,
                ComponentKind.REGULARIZER,
                ComponentKind.DATASET,
                ComponentKind.PRIOR,
                ComponentKind.OPTIMIZER,
                ComponentKind.METRIC,
                ComponentKind.SAMPLER,
                ComponentKind.WATCHDOG));
    all.forEach(component -> kinds.add(component.kind()));
    return kinds;
  }

  /**
   * The component that a reference means.
   *
   * @param path where in the recipe the reference is, such as {@code networks.generator}
   * @return empty if there is none or more than one, which is then among the problems
   */
  Optional<ComponentInfo> resolve(
      String kind, String text, String path, SourcePosition place, ProblemCollector problems) {
    Optional<ComponentReference> parsed = ComponentReference.parse(text);
    if (parsed.isEmpty()) {
      problems.add(
          place,
          MessageWording.quoted(text) + " does not name " + MessageWording.withArticle(kind) + ".",
          "Write NAME, BUNDLE/NAME, NAME@1.2.0 or NAME@[1.2,2).");
      return Optional.empty();
    }
    ComponentReference reference = parsed.get();
    List<ComponentInfo> named =
        ofKind(kind).stream().filter(c -> c.name().equals(reference.name())).toList();
    if (named.isEmpty()) {
      unknown(kind, reference, place, problems);
      return Optional.empty();
    }
    List<ComponentInfo> offered =
        named.stream()
            .filter(c -> reference.bundle().map(c.bundle()::equals).orElse(true))
            .toList();
    if (offered.isEmpty()) {
      String bundle = reference.bundle().orElseThrow();
      problems.add(
          place,
          "The bundle "
              + MessageWording.quoted(bundle)
              + (all.stream().anyMatch(c -> c.bundle().equals(bundle))
                  ? " offers no "
                  : " is not installed; it should offer the ")
              + kind
              + " "
              + MessageWording.quoted(reference.name())
              + ".",
          "Installed: "
              + MessageWording.quoted(names(named, ComponentInfo::qualifiedName), "and")
              + ".");
      return Optional.empty();
    }
    List<ComponentInfo> allowed = offered.stream().filter(reference::allows).toList();
    List<ComponentInfo> fitting = allowed.isEmpty() && anyVersion ? offered : allowed;
    if (fitting.isEmpty()) {
      problems.add(
          place,
          "The recipe wants the "
              + kind
              + " "
              + MessageWording.quoted(reference.name())
              + " in version "
              + text.substring(text.indexOf('@') + 1)
              + ", but installed is "
              + MessageWording.joined(
                  offered.stream().map(c -> c.version() + " of " + c.bundle()).toList(), "and")
              + ".",
          "Install a bundle that offers that version, or change what follows '@'.");
      return Optional.empty();
    }
    if (fitting.size() > 1) {
      ambiguous(kind, reference, fitting, path, place, problems);
      return Optional.empty();
    }
    return Optional.of(fitting.get(0));
  }

  private void unknown(
      String kind, ComponentReference reference, SourcePosition place, ProblemCollector problems) {
    String name = reference.name();
    List<String> others =
        all.stream()
            .filter(c -> c.name().equals(name))
            .map(ComponentInfo::kind)
            .distinct()
            .toList();
    List<String> installed = names(ofKind(kind), ComponentInfo::name);
    problems.addMissing(
        place,
        "There is no "
            + kind
            + " called "
            + MessageWording.quoted(name)
            + (others.isEmpty()
                ? "."
                : "; it is "
                    + MessageWording.joined(
                        others.stream().map(MessageWording::withArticle).toList(), "and")
                    + "."),
        installed,
        installed.isEmpty()
            ? "No bundle that offers " + MessageWording.withArticle(kind) + " is installed."
            : NearestName.suggestion(name, installed)
                + "Installed "
                + (installed.size() == 1 ? kind : MessageWording.plural(kind))
                + ": "
                + MessageWording.quoted(installed, "and")
                + ".",
        new InputProblem.UninstalledComponent(kind, name));
  }

  private static void ambiguous(
      String kind,
      ComponentReference reference,
      List<ComponentInfo> offered,
      String path,
      SourcePosition place,
      ProblemCollector problems) {
    boolean oneBundle = offered.stream().map(ComponentInfo::bundle).distinct().count() == 1;
    List<String> exact =
        names(offered, oneBundle ? ComponentReference::pinned : ComponentInfo::qualifiedName);
    problems.add(
        place,
        "The "
            + kind
            + " "
            + MessageWording.quoted(reference.name())
            + " is offered by more than one bundle: "
            + MessageWording.joined(
                offered.stream().map(c -> c.bundle() + " " + c.bundleVersion()).toList(), "and")
            + ".",
        "Say which one at '"
            + path
            + "': write "
            + MessageWording.quoted(exact, "or")
            + " instead of "
            + MessageWording.quoted(reference.name())
            + ".");
  }

  private static List<String> names(
      List<ComponentInfo> components, Function<ComponentInfo, String> name) {
    return components.stream().map(name).distinct().sorted().toList();
  }
}
