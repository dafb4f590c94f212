package org.gantry.recipes.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.Components;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.Problem;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Entry;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Value.Scalar;
import org.gantry.recipes.text.Wording;

/** Reads the places in a recipe that name a component. */
final class Chooser {

  /** What a component without options has. */
  private record NoOptions() {}

  private final Components components;
  private final Catalog catalog;
  private final Problems problems;

  Chooser(Components components, Catalog catalog, Problems problems) {
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
  Optional<Choice> choose(String kind, Value value, String path) {
    return named(kind, value, path)
        .flatMap(
            entry ->
                catalog
                    .resolve(kind, entry.key(), path, entry.place(), problems)
                    .flatMap(component -> bind(component, entry, path, true)));
  }

  /** The component that a recipe has at a key when it names none there. */
  Optional<Choice> standard(String key, Place start) {
    String kind = RecipeFormat.SINGLE.get(key);
    String name = RecipeFormat.STANDARD.get(key);
    Problems own = new Problems();
    Chooser chooser = new Chooser(components, catalog, own);
    Entry entry = new Entry(name, start, Mapping.empty(start));
    Optional<Choice> choice =
        catalog
            .resolve(kind, name, key, start, own)
            .flatMap(component -> chooser.bind(component, entry, key, false));
    for (Problem problem : own.list()) {
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
  Optional<Choice> network(String key, Value value, String path) {
    List<String> words = Arrays.asList(key.split("-"));
    List<String> kinds = RecipeFormat.ARCHITECTURES.stream().filter(words::contains).toList();
    if (kinds.size() == 1) {
      return choose(kinds.get(0), value, path);
    }
    Optional<Entry> entry = named("architecture", value, path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String name = Reference.nameIn(entry.get().key());
    List<String> offered =
        RecipeFormat.ARCHITECTURES.stream()
            .filter(kind -> catalog.of(kind).stream().anyMatch(c -> c.name().equals(name)))
            .toList();
    if (offered.size() == 1) {
      return choose(offered.get(0), value, path);
    }
    if (offered.isEmpty()) {
      List<String> installed =
          RecipeFormat.ARCHITECTURES.stream()
              .flatMap(kind -> catalog.of(kind).stream())
              .map(ComponentInfo::name)
              .distinct()
              .sorted()
              .toList();
      problems.addMissing(
          entry.get().place(),
          "There is no architecture called " + Wording.quoted(name) + ".",
          installed,
          Nearest.hint(name, installed)
              + "Installed architectures: "
              + Wording.quoted(installed, "and")
              + ".",
          new Problem.Missing("", name));
      return Optional.empty();
    }
    problems.add(
        entry.get().place(),
        Wording.quoted(name)
            + " is "
            + Wording.joined(offered.stream().map(Wording::one).toList(), "and")
            + ", and the role "
            + Wording.quoted(key)
            + " does not say which is meant.",
        Nearest.hint(key, offered)
            + "Choose it for every role of its kind: write "
            + Wording.quoted(offered, "or")
            + " instead of "
            + Wording.quoted(key)
            + ".");
    return Optional.empty();
  }

  /** The name that is written, with what is written below it. */
  private Optional<Entry> named(String kind, Value value, String path) {
    if (value instanceof Scalar name && !name.isNothing()) {
      return Optional.of(new Entry(name.text(), name.place(), Mapping.empty(name.place())));
    }
    if (value instanceof Mapping mapping && mapping.entries().size() == 1) {
      return Optional.of(mapping.entries().get(0));
    }
    String fix = "Write 'NAME', or 'NAME: {option: value}'.";
    if (value instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      String first = mapping.keys().get(0);
      fix =
          "If "
              + Wording.quoted(first)
              + " is meant and the rest are its options, write '"
              + first
              + ": {"
              + String.join(
                  ", ", mapping.keys().stream().skip(1).map(key -> key + ": ...").toList())
              + "}'.";
    }
    problems.addUnexpected(
        value.place(), Wording.quoted(path) + " expects", "one " + kind, value.found(), fix);
    return Optional.empty();
  }

  private Optional<Choice> bind(
      ComponentInfo component, Entry entry, String path, boolean written) {
    String owner = path + "." + component.name();
    Optional<Mapping> options = options(entry, owner);
    if (options.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Class<? extends Record>> type = components.options(component);
      Binder binder = new Binder(problems);
      Optional<? extends Record> bound =
          binder.bind(type.orElse(NoOptions.class), options.get(), owner, entry.place());
      return bound.map(
          record ->
              new Choice(
                  component,
                  type.isPresent() ? Optional.of(record) : Optional.empty(),
                  path,
                  entry.place(),
                  written));
    } catch (ComponentException e) {
      problems.addThrown(entry.place(), Wording.sentence(e.getMessage()), remedy(e, component), e);
      return Optional.empty();
    }
  }

  /** What to do about a component that does not work. */
  static String remedy(ComponentException failure, ComponentInfo component) {
    if (OutOfMemory.isOfHeap(failure)) {
      long limit = Runtime.getRuntime().maxMemory();
      return "Java's heap may have %s; give it more with %s."
          .formatted(OutOfMemory.size(limit), OutOfMemory.largerHeap(limit));
    }
    return failure.gone()
        ? "Its plugin was removed or replaced meanwhile; try again."
        : "This is a mistake in the bundle " + Wording.quoted(component.bundle()) + ".";
  }

  private Optional<Mapping> options(Entry entry, String owner) {
    if (entry.value() instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (entry.value().isNothing()) {
      return Optional.of(Mapping.empty(entry.value().place()));
    }
    problems.addUnexpected(
        entry.value().place(),
        Wording.quoted(owner) + " expects",
        "its options",
        entry.value().found(),
        "Write '" + entry.key() + ": {option: value}'.");
    return Optional.empty();
  }
}
