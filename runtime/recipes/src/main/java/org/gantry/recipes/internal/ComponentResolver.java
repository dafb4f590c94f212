package org.gantry.recipes.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;

/** Reads the places in a recipe that name a component. */
final class ComponentResolver {

  /** What a component without options has. */
  private record NoOptions() {}

  private final ComponentRegistry components;
  private final ComponentCatalog catalog;
  private final ProblemCollector problems;

  ComponentResolver(
      ComponentRegistry components, ComponentCatalog catalog, ProblemCollector problems) {
    this.components = components;
    this.catalog = catalog;
    this.problems = problems;
  }

  /**
   * Reads one component.
   *
   * @param kind its kind
   * @param path where in the recipe it is
   * @return empty if it cannot be used, which is then among the problems
   */
  Optional<ComponentChoice> resolve(String kind, YamlValue value, String path) {
    return named(kind, value, path)
        .flatMap(
            entry ->
                catalog
                    .resolve(kind, entry.key(), path, entry.position(), problems)
                    .flatMap(component -> bind(component, entry, path, true)));
  }

  /** The component that a recipe has at a key when it names none there. */
  Optional<ComponentChoice> resolveDefault(String key, SourcePosition start) {
    String kind = RecipeFormat.SINGLE_KINDS.get(key);
    String name = RecipeFormat.DEFAULTS.get(key);
    ProblemCollector own = new ProblemCollector();
    ComponentResolver chooser = new ComponentResolver(components, catalog, own);
    MappingEntry entry = new MappingEntry(name, start, Mapping.empty(start));
    Optional<ComponentChoice> choice =
        catalog
            .resolve(kind, name, key, start, own)
            .flatMap(component -> chooser.bind(component, entry, key, false));
    for (InputProblem problem : own.sorted()) {
      problems.add(
          start,
          "The recipe names no "
              + kind
              + ", and the usual one cannot be used. "
              + problem.message(),
          "Write '" + key + ": NAME'. " + problem.fix());
    }
    return choice;
  }

  /**
   * Reads a network, whose kind follows from the role.
   *
   * @param key a kind, or a role: the kind is a word of its name, or else the only kind of
   *     architecture that has the component's name
   */
  Optional<ComponentChoice> resolveNetwork(String key, YamlValue value, String path) {
    List<String> words = Arrays.asList(key.split("-"));
    List<String> kinds = RecipeFormat.ARCHITECTURES.stream().filter(words::contains).toList();
    if (kinds.size() == 1) {
      return resolve(kinds.get(0), value, path);
    }
    Optional<MappingEntry> entry = named("architecture", value, path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String name = ComponentReference.nameIn(entry.get().key());
    List<String> offered =
        RecipeFormat.ARCHITECTURES.stream()
            .filter(kind -> catalog.ofKind(kind).stream().anyMatch(c -> c.name().equals(name)))
            .toList();
    if (offered.size() == 1) {
      return resolve(offered.get(0), value, path);
    }
    if (offered.isEmpty()) {
      List<String> installed =
          RecipeFormat.ARCHITECTURES.stream()
              .flatMap(kind -> catalog.ofKind(kind).stream())
              .map(ComponentInfo::name)
              .distinct()
              .sorted()
              .toList();
      problems.addMissing(
          entry.get().position(),
          "There is no architecture called " + MessageWording.quoted(name) + ".",
          installed,
          NearestName.suggestion(name, installed)
              + "Installed architectures: "
              + MessageWording.quoted(installed, "and")
              + ".",
          new InputProblem.UninstalledComponent("", name));
      return Optional.empty();
    }
    problems.add(
        entry.get().position(),
        MessageWording.quoted(name)
            + " is "
            + MessageWording.joined(
                offered.stream().map(MessageWording::withArticle).toList(), "and")
            + ", and the role "
            + MessageWording.quoted(key)
            + " does not say which is meant.",
        NearestName.suggestion(key, offered)
            + "Choose it for every role of its kind: write "
            + MessageWording.quoted(offered, "or")
            + " instead of "
            + MessageWording.quoted(key)
            + ".");
    return Optional.empty();
  }

  /** The name that is written, with what is written below it. */
  private Optional<MappingEntry> named(String kind, YamlValue value, String path) {
    if (value instanceof Scalar name && !name.isNull()) {
      return Optional.of(
          new MappingEntry(name.text(), name.position(), Mapping.empty(name.position())));
    }
    if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
      return Optional.of(mapping.entries().get(0));
    }
    String fix = "Write 'NAME', or 'NAME: {option: value}'.";
    if (value instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      String first = mapping.keys().get(0);
      fix =
          "If "
              + MessageWording.quoted(first)
              + " is meant and the rest are its options, write '"
              + first
              + ": {"
              + String.join(
                  ", ", mapping.keys().stream().skip(1).map(key -> key + ": ...").toList())
              + "}'.";
    }
    problems.addUnexpected(
        value.position(),
        MessageWording.quoted(path) + " expects",
        "one " + kind,
        value.description(),
        fix);
    return Optional.empty();
  }

  private Optional<ComponentChoice> bind(
      ComponentInfo component, MappingEntry entry, String path, boolean written) {
    String owner = path + "." + component.name();
    Optional<Mapping> options = options(entry, owner);
    if (options.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Class<? extends Record>> type = components.optionsType(component);
      OptionBinder binder = new OptionBinder(problems);
      Optional<? extends Record> bound =
          binder.bind(type.orElse(NoOptions.class), options.get(), owner, entry.position());
      return bound.map(
          record ->
              new ComponentChoice(
                  component,
                  type.isPresent() ? Optional.of(record) : Optional.empty(),
                  path,
                  entry.position(),
                  written));
    } catch (ComponentException e) {
      problems.addThrown(
          entry.position(), MessageWording.toSentence(e.getMessage()), fixFor(e, component), e);
      return Optional.empty();
    }
  }

  /** What to do about a component that does not work. */
  static String fixFor(ComponentException failure, ComponentInfo component) {
    if (OutOfMemory.isHeapExhausted(failure)) {
      long limit = Runtime.getRuntime().maxMemory();
      return "Java's heap may have %s; give it more with %s."
          .formatted(OutOfMemory.formatBytes(limit), OutOfMemory.largerHeapOption(limit));
    }
    return failure.gone()
        ? "Its plugin was removed or replaced meanwhile; try again."
        : "This is a mistake in the bundle " + MessageWording.quoted(component.bundle()) + ".";
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
        MessageWording.quoted(owner) + " expects",
        "its options",
        entry.value().description(),
        "Write '" + entry.key() + ": {option: value}'.");
    return Optional.empty();
  }
}
