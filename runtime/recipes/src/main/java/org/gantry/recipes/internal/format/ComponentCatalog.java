package org.gantry.recipes.internal.format;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.KindDeclaration;
import org.gantry.kind.KindTable;
import org.gantry.recipes.internal.options.ComponentReference;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;

/**
 * A snapshot of the installed components, by which references are resolved.
 *
 * @param all the components
 * @param addedKinds the kinds that bundles declare
 * @param anyVersion whether a reference to a version that is not installed resolves to an installed
 *     one
 */
public record ComponentCatalog(
    List<ComponentInfo> all, List<String> addedKinds, boolean anyVersion) {

  public ComponentCatalog {
    all = List.copyOf(all);
    addedKinds = List.copyOf(addedKinds);
  }

  /** Returns the components and kinds that are installed now. */
  public static ComponentCatalog of(ComponentRegistry components, boolean anyVersion) {
    return new ComponentCatalog(
        components.all(),
        components.addedKinds().stream().map(KindDeclaration::name).toList(),
        anyVersion);
  }

  /** Returns the components of a kind. */
  public List<ComponentInfo> ofKind(String kind) {
    return all.stream().filter(c -> c.kind().equals(kind)).toList();
  }

  /** Returns the kinds that Gantry composes and those that bundles add, in alphabetical order. */
  public Collection<String> kinds() {
    TreeSet<String> kinds = new TreeSet<>(addedKinds);
    KindTable.all().forEach(kind -> kinds.add(kind.name()));
    all.forEach(component -> kinds.add(component.kind()));
    return kinds;
  }

  /**
   * Resolves a reference.
   *
   * @param path the path of the reference in the recipe, such as {@code networks.generator}
   * @param problems receives a problem if no component matches, or more than one
   */
  public Optional<ComponentInfo> resolve(
      String kind, String text, String path, SourcePosition position, ProblemCollector problems) {
    Optional<ComponentReference> parsed = ComponentReference.parse(text);
    if (parsed.isEmpty()) {
      problems.add(
          position,
          MessageText.quoted(text) + " does not name " + MessageText.withArticle(kind) + ".",
          "Write NAME, BUNDLE/NAME, NAME@1.2.0 or NAME@[1.2,2).");
      return Optional.empty();
    }
    ComponentReference reference = parsed.get();
    List<ComponentInfo> named =
        ofKind(kind).stream().filter(c -> c.name().equals(reference.name())).toList();
    if (named.isEmpty()) {
      unknown(kind, reference, position, problems);
      return Optional.empty();
    }
    List<ComponentInfo> offered =
        named.stream()
            .filter(c -> reference.bundle().map(c.bundle()::equals).orElse(true))
            .toList();
    if (offered.isEmpty()) {
      String bundle = reference.bundle().orElseThrow();
      problems.add(
          position,
          "The bundle "
              + MessageText.quoted(bundle)
              + (all.stream().anyMatch(c -> c.bundle().equals(bundle))
                  ? " has no "
                  : " is not installed; it is expected to have the ")
              + kind
              + " "
              + MessageText.quoted(reference.name())
              + ".",
          NearestName.suggestion(
                  bundle + "/" + reference.name(), names(named, ComponentInfo::qualifiedName))
              + "Installed: "
              + MessageText.quoted(names(named, ComponentInfo::qualifiedName), "and")
              + ".");
      return Optional.empty();
    }
    List<ComponentInfo> allowed = offered.stream().filter(reference::allows).toList();
    List<ComponentInfo> fitting = allowed.isEmpty() && anyVersion ? offered : allowed;
    if (fitting.isEmpty()) {
      problems.add(
          position,
          "Version "
              + text.substring(text.indexOf('@') + 1)
              + " of the "
              + kind
              + " "
              + MessageText.quoted(reference.name())
              + " is required, but the installed version is "
              + MessageText.joined(
                  offered.stream().map(c -> c.version() + " of " + c.bundle()).toList(), "and")
              + ".",
          "Install a bundle with that version, or change the version after '@'.");
      return Optional.empty();
    }
    if (fitting.size() > 1) {
      ambiguous(kind, reference, fitting, path, position, problems);
      return Optional.empty();
    }
    return Optional.of(fitting.get(0));
  }

  private void unknown(
      String kind,
      ComponentReference reference,
      SourcePosition position,
      ProblemCollector problems) {
    String name = reference.name();
    List<String> others =
        all.stream()
            .filter(c -> c.name().equals(name))
            .map(ComponentInfo::kind)
            .distinct()
            .toList();
    List<String> installed = names(ofKind(kind), ComponentInfo::name);
    problems.addMissing(
        position,
        "There is no "
            + kind
            + " called "
            + MessageText.quoted(name)
            + (others.isEmpty()
                ? "."
                : "; it is "
                    + MessageText.joined(
                        others.stream().map(MessageText::withArticle).toList(), "and")
                    + "."),
        installed,
        installed.isEmpty()
            ? "No bundle with " + MessageText.withArticle(kind) + " is installed."
            : NearestName.suggestion(name, installed)
                + "Installed "
                + (installed.size() == 1 ? kind : MessageText.plural(kind))
                + ": "
                + MessageText.quoted(installed, "and")
                + ".",
        new InputProblem.UninstalledComponent(kind, name));
  }

  private static void ambiguous(
      String kind,
      ComponentReference reference,
      List<ComponentInfo> offered,
      String path,
      SourcePosition position,
      ProblemCollector problems) {
    boolean oneBundle = offered.stream().map(ComponentInfo::bundle).distinct().count() == 1;
    List<String> exact =
        names(offered, oneBundle ? ComponentReference::pinned : ComponentInfo::qualifiedName);
    problems.add(
        position,
        "The "
            + kind
            + " "
            + MessageText.quoted(reference.name())
            + " exists in more than one bundle: "
            + MessageText.joined(
                offered.stream().map(c -> c.bundle() + " " + c.bundleVersion()).toList(), "and")
            + ".",
        "At '"
            + path
            + "', write "
            + MessageText.quoted(exact, "or")
            + " instead of "
            + MessageText.quoted(reference.name())
            + ".");
  }

  private static List<String> names(
      List<ComponentInfo> components, Function<ComponentInfo, String> name) {
    return components.stream().map(name).distinct().sorted().toList();
  }
}
