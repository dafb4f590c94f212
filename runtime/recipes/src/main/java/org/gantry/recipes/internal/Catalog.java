package org.gantry.recipes.internal;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.gantry.component.Kind;
import org.gantry.components.ComponentInfo;
import org.gantry.recipes.Problem;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Wording;

/**
 * The components installed at one moment, and what references to them mean.
 *
 * @param all the components
 * @param ofAnyVersion whether a version that is not installed gives way to those that are
 */
record Catalog(List<ComponentInfo> all, boolean ofAnyVersion) {

  Catalog {
    all = List.copyOf(all);
  }

  List<ComponentInfo> of(String kind) {
    return all.stream().filter(c -> c.kind().equals(kind)).toList();
  }

  /** The kinds that the host composes or a bundle adds. */
  Collection<String> kinds() {
    TreeSet<String> kinds =
        new TreeSet<>(
            List.of(
                Kind.GENERATOR,
                Kind.DISCRIMINATOR,
                Kind.ENCODER,
                Kind.TOPOLOGY,
                Kind.LOSS,
                Kind.REGULARIZER,
                Kind.DATASET,
                Kind.PRIOR,
                Kind.OPTIMIZER,
                Kind.METRIC,
                Kind.SAMPLER,
                Kind.WATCHDOG));
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
      String kind, String text, String path, Place place, Problems problems) {
    Optional<Reference> parsed = Reference.parse(text);
    if (parsed.isEmpty()) {
      problems.add(
          place,
          Wording.quoted(text) + " does not name " + Wording.one(kind) + ".",
          "Write NAME, BUNDLE/NAME, NAME@1.2.0 or NAME@[1.2,2).");
      return Optional.empty();
    }
    Reference reference = parsed.get();
    List<ComponentInfo> named =
        of(kind).stream().filter(c -> c.name().equals(reference.name())).toList();
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
              + Wording.quoted(bundle)
              + (all.stream().anyMatch(c -> c.bundle().equals(bundle))
                  ? " offers no "
                  : " is not installed; it should offer the ")
              + kind
              + " "
              + Wording.quoted(reference.name())
              + ".",
          "Installed: " + Wording.quoted(names(named, ComponentInfo::qualifiedName), "and") + ".");
      return Optional.empty();
    }
    List<ComponentInfo> allowed = offered.stream().filter(reference::allows).toList();
    List<ComponentInfo> fitting = allowed.isEmpty() && ofAnyVersion ? offered : allowed;
    if (fitting.isEmpty()) {
      problems.add(
          place,
          "The recipe wants the "
              + kind
              + " "
              + Wording.quoted(reference.name())
              + " in version "
              + text.substring(text.indexOf('@') + 1)
              + ", but installed is "
              + Wording.joined(
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

  private void unknown(String kind, Reference reference, Place place, Problems problems) {
    String name = reference.name();
    List<String> others =
        all.stream()
            .filter(c -> c.name().equals(name))
            .map(ComponentInfo::kind)
            .distinct()
            .toList();
    List<String> installed = names(of(kind), ComponentInfo::name);
    problems.addMissing(
        place,
        "There is no "
            + kind
            + " called "
            + Wording.quoted(name)
            + (others.isEmpty()
                ? "."
                : "; it is "
                    + Wording.joined(others.stream().map(Wording::one).toList(), "and")
                    + "."),
        installed,
        installed.isEmpty()
            ? "No bundle that offers " + Wording.one(kind) + " is installed."
            : Nearest.hint(name, installed)
                + "Installed "
                + (installed.size() == 1 ? kind : Wording.many(kind))
                + ": "
                + Wording.quoted(installed, "and")
                + ".",
        new Problem.Missing(kind, name));
  }

  private static void ambiguous(
      String kind,
      Reference reference,
      List<ComponentInfo> offered,
      String path,
      Place place,
      Problems problems) {
    boolean oneBundle = offered.stream().map(ComponentInfo::bundle).distinct().count() == 1;
    List<String> exact =
        names(offered, oneBundle ? Reference::pinned : ComponentInfo::qualifiedName);
    problems.add(
        place,
        "The "
            + kind
            + " "
            + Wording.quoted(reference.name())
            + " is offered by more than one bundle: "
            + Wording.joined(
                offered.stream().map(c -> c.bundle() + " " + c.bundleVersion()).toList(), "and")
            + ".",
        "Say which one at '"
            + path
            + "': write "
            + Wording.quoted(exact, "or")
            + " instead of "
            + Wording.quoted(reference.name())
            + ".");
  }

  private static List<String> names(
      List<ComponentInfo> components, Function<ComponentInfo, String> name) {
    return components.stream().map(name).distinct().sorted().toList();
  }
}
