package org.gantry.recipes.internal.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.internal.options.BoundOptions;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.internal.options.ComponentReference;
import org.gantry.recipes.internal.options.ComponentValues;
import org.gantry.recipes.internal.options.OptionBinder;
import org.gantry.recipes.internal.options.OptionDeclaration;
import org.gantry.recipes.internal.options.OptionType;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;

/**
 * Resolves the names of components in a recipe, and binds the options written with them. Components
 * that are values of options are resolved by the same rules.
 */
public final class ComponentResolver implements ComponentValues {

  /** How many components a recipe can nest; a default that names its own component has no end. */
  private static final int MAX_DEPTH = 16;

  /** The options of a component that has none. */
  private record NoOptions() {}

  private final ComponentRegistry components;
  private final ComponentCatalog catalog;
  private final ProblemCollector problems;
  private final int depth;
  private final boolean written;

  /**
   * Creates a resolver.
   *
   * @param problems receives a problem for each component that cannot be used
   */
  public ComponentResolver(
      ComponentRegistry components, ComponentCatalog catalog, ProblemCollector problems) {
    this(components, catalog, problems, 0, true);
  }

  private ComponentResolver(
      ComponentRegistry components,
      ComponentCatalog catalog,
      ProblemCollector problems,
      int depth,
      boolean written) {
    this.components = components;
    this.catalog = catalog;
    this.problems = problems;
    this.depth = depth;
    this.written = written;
  }

  /**
   * Resolves one component.
   *
   * @param kind its kind
   * @param value its name, or its name with options
   * @param path the path of the value in the recipe
   * @return empty if there was a problem
   */
  public Optional<ComponentChoice> resolve(String kind, YamlValue value, String path) {
    return nameWithOptions(kind, value, path)
        .flatMap(
            entry ->
                catalog
                    .resolve(kind, entry.key(), path, entry.position(), problems)
                    .flatMap(component -> bind(component, entry, path)));
  }

  @Override
  public Optional<ComponentChoice> resolve(
      OptionType.ComponentType type, YamlValue value, String path) {
    if (depth == MAX_DEPTH) {
      problems.add(
          value.position(),
          "%s is the %dth component within another one.".formatted(MessageText.quoted(path), depth),
          "Nest at most %d components.".formatted(depth - 1));
      return Optional.empty();
    }
    return resolve(type.kind(), value, path)
        .filter(choice -> new ValueRequirements(components, catalog, problems).meets(choice, type));
  }

  @Override
  public ComponentValues ofDefaults(ProblemCollector defaultProblems) {
    return new ComponentResolver(components, catalog, defaultProblems, depth, false);
  }

  /**
   * Whether what looks like several components by name is one component with its options next to
   * it: the first key is a component that has an option with the name of another key.
   */
  boolean isMisnested(String key, Optional<YamlValue> written) {
    if (!(written.orElse(null) instanceof Mapping mapping) || mapping.entries().isEmpty()) {
      return false;
    }
    String first = ComponentReference.nameIn(mapping.keys().get(0));
    try {
      return catalog.ofKind(RecipeFormat.SINGLE_KINDS.get(key)).stream()
          .filter(component -> component.name().equals(first))
          .flatMap(component -> components.optionsType(component).stream())
          .flatMap(type -> OptionDeclaration.of(type).stream())
          .anyMatch(option -> mapping.entry(option.name()).isPresent());
    } catch (ComponentException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Resolves the default component of a key that the recipe does not have. */
  public Optional<ComponentChoice> resolveDefault(String key, SourcePosition start) {
    String kind = RecipeFormat.SINGLE_KINDS.get(key);
    String name = RecipeFormat.DEFAULTS.get(key);
    ProblemCollector defaultProblems = new ProblemCollector();
    Optional<ComponentChoice> choice =
        new ComponentResolver(components, catalog, defaultProblems, depth, false)
            .resolve(kind, new Scalar(name, true, start), key);
    for (InputProblem problem : defaultProblems.sorted()) {
      problems.add(
          start,
          "The recipe names no %s, and the default cannot be used. %s"
              .formatted(kind, problem.message()),
          "Write '" + key + ": NAME'. " + problem.fix());
    }
    return choice;
  }

  /**
   * Resolves a network. Its kind is the word of the key that is a kind of architecture. Without
   * such a word it is the only kind of architecture that has a component of this name.
   *
   * @param key a kind or a role
   */
  public Optional<ComponentChoice> resolveNetwork(String key, YamlValue value, String path) {
    List<String> words = Arrays.asList(key.split("-"));
    List<String> kinds = RecipeFormat.ARCHITECTURES.stream().filter(words::contains).toList();
    if (kinds.size() == 1) {
      return resolve(kinds.get(0), value, path);
    }
    Optional<MappingEntry> entry = nameWithOptions("architecture", value, path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String name = ComponentReference.nameIn(entry.get().key());
    List<String> possibleKinds =
        RecipeFormat.ARCHITECTURES.stream()
            .filter(kind -> catalog.ofKind(kind).stream().anyMatch(c -> c.name().equals(name)))
            .toList();
    if (possibleKinds.size() == 1) {
      return resolve(possibleKinds.get(0), value, path);
    } else if (possibleKinds.isEmpty()) {
      addUnknownArchitecture(name, entry.get().position());
    } else {
      addAmbiguousRole(key, name, possibleKinds, entry.get().position());
    }
    return Optional.empty();
  }

  private void addUnknownArchitecture(String name, SourcePosition position) {
    List<String> installed =
        RecipeFormat.ARCHITECTURES.stream()
            .flatMap(kind -> catalog.ofKind(kind).stream())
            .map(ComponentInfo::name)
            .distinct()
            .sorted()
            .toList();
    problems.addMissing(
        position,
        "There is no architecture called " + MessageText.quoted(name) + ".",
        installed,
        NearestName.suggestion(name, installed)
            + "Installed architectures: "
            + MessageText.quoted(installed, "and")
            + ".",
        new InputProblem.UninstalledComponent("", name));
  }

  private void addAmbiguousRole(
      String role, String name, List<String> possibleKinds, SourcePosition position) {
    problems.add(
        position,
        "%s is %s, and the role %s does not say which one is meant."
            .formatted(
                MessageText.quoted(name),
                MessageText.joined(
                    possibleKinds.stream().map(MessageText::withArticle).toList(), "and"),
                MessageText.quoted(role)),
        NearestName.suggestion(role, possibleKinds)
            + "To choose it for every role of one kind, write %s instead of %s."
                .formatted(MessageText.quoted(possibleKinds, "or"), MessageText.quoted(role)));
  }

  /** Returns the name that is written, with its options as the value. */
  private Optional<MappingEntry> nameWithOptions(String kind, YamlValue value, String path) {
    if (value instanceof Scalar name && !name.isNull()) {
      return Optional.of(
          new MappingEntry(name.text(), name.position(), Mapping.empty(name.position())));
    }
    if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
      return Optional.of(mapping.entries().get(0));
    }
    problems.addUnexpected(
        value.position(),
        MessageText.quoted(path) + " expects",
        "one " + kind,
        value.description(),
        value instanceof Mapping mapping && !mapping.entries().isEmpty()
            ? severalKeysFix(kind, mapping.keys())
            : "Write 'NAME', or 'NAME: {option: value}'.");
    return Optional.empty();
  }

  /**
   * Suggests the key next to a component that one of the keys resembles, or else to write all keys
   * but the first as options of the first.
   */
  private static String severalKeysFix(String kind, List<String> keys) {
    List<String> besides =
        kind.equals(ComponentKind.WATCHDOG) ? List.of(WatchdogRemedies.KEY) : List.of();
    for (String key : keys) {
      String suggestion = NearestName.suggestion(key, besides);
      if (!suggestion.isEmpty()) {
        return suggestion + "%s is not a key here.".formatted(MessageText.quoted(key));
      }
    }
    String first = keys.get(0);
    String options = String.join(", ", keys.stream().skip(1).map(key -> key + ": ...").toList());
    return "If %s is the component and the rest are its options, write '%s: {%s}'."
        .formatted(MessageText.quoted(first), first, options);
  }

  private Optional<ComponentChoice> bind(ComponentInfo component, MappingEntry entry, String path) {
    String owner = path + "." + component.name();
    Optional<Mapping> options = options(entry, owner);
    if (options.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Class<? extends Record>> type = components.optionsType(component);
      Optional<BoundOptions> bound =
          new OptionBinder(problems, nested())
              .bindOptions(type.orElse(NoOptions.class), options.get(), owner, entry.position());
      return bound.map(
          values ->
              new ComponentChoice(
                  component,
                  type.isPresent() ? Optional.of(values) : Optional.empty(),
                  path,
                  entry.position(),
                  written));
    } catch (ComponentException e) {
      problems.addThrown(
          entry.position(), MessageText.toSentence(e.getMessage()), fixFor(e, component), e);
      return Optional.empty();
    }
  }

  private ComponentResolver nested() {
    return new ComponentResolver(components, catalog, problems, depth + 1, written);
  }

  private Optional<Mapping> options(MappingEntry entry, String owner) {
    if (entry.value() instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (entry.value().isNull()) {
      return Optional.of(Mapping.empty(entry.value().position()));
    }
    problems.addUnexpected(
        entry.value().position(),
        MessageText.quoted(owner) + " expects",
        "its options",
        entry.value().description(),
        "Write '" + entry.key() + ": {option: value}'.");
    return Optional.empty();
  }

  /** Returns what a user can do about a component that does not work. */
  public static String fixFor(ComponentException failure, ComponentInfo component) {
    if (OutOfMemory.isHeapExhausted(failure)) {
      long limit = Runtime.getRuntime().maxMemory();
      return "Java's heap is limited to %s; raise the limit with %s."
          .formatted(OutOfMemory.formatBytes(limit), OutOfMemory.largerHeapOption(limit));
    }
    return failure.isRemoved()
        ? "Its plugin was removed or replaced in the meantime; try again."
        : "This is a bug in the bundle " + MessageText.quoted(component.bundle()) + ".";
  }
}
