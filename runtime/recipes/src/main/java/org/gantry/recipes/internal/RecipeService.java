package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.component.Kind;
import org.gantry.components.ComponentInfo;
import org.gantry.components.Components;
import org.gantry.recipes.Composed;
import org.gantry.recipes.Guard;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.RecipeException;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.internal.RecipeFiles.Source;
import org.gantry.recipes.text.Nearest;
import org.gantry.recipes.text.Place;
import org.gantry.recipes.text.Problems;
import org.gantry.recipes.text.Value;
import org.gantry.recipes.text.Value.Mapping;
import org.gantry.recipes.text.Wording;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlWriter;

/** Recipes over the components that are installed at each call. */
final class RecipeService implements Recipes {

  private final Components components;
  private final RecipeFiles files;
  private final Path workingFolder;
  private final Runnable engine;
  private final boolean ofAnyVersion;

  /**
   * Creates the service.
   *
   * @param bundled the folder of the bundled recipes; need not exist
   * @param workingFolder what paths on the command line are relative to
   * @param engine starts the engine, if it does not run; called before a graph is built
   */
  RecipeService(Components components, Path bundled, Path workingFolder, Runnable engine) {
    this(components, new RecipeFiles(bundled), workingFolder, engine, false);
  }

  private RecipeService(
      Components components,
      RecipeFiles files,
      Path workingFolder,
      Runnable engine,
      boolean ofAnyVersion) {
    this.components = components;
    this.files = files;
    this.workingFolder = workingFolder;
    this.engine = engine;
    this.ofAnyVersion = ofAnyVersion;
  }

  @Override
  public Recipes ofAnyVersion() {
    return new RecipeService(components, files, workingFolder, engine, true);
  }

  private Catalog catalog() {
    return new Catalog(components.all(), ofAnyVersion);
  }

  @Override
  public List<Bundled> bundled() {
    return files.bundled();
  }

  @Override
  public Composed compose(String recipe, List<Change> changes) {
    Problems problems = new Problems();
    Optional<Source> source = files.read(recipe, problems);
    problems.refuse();
    Place start = source.get().start();
    Mapping written =
        YamlReader.read(source.get().text(), start, problems)
            .flatMap(value -> mapping(value, problems))
            .orElse(Mapping.empty(start));
    // Without a text that could be read, every key would seem to be missing.
    if (written.entries().isEmpty()) {
      problems.refuse();
    }
    Head head = new Head(Recipe.nameFrom(source.get().name()), source.get().comment(), start);
    return whole(head, watched(written, start), changes, problems);
  }

  @Override
  public Composed compose(String name, Mapping recipe, List<Change> changes) {
    Head head = new Head(name, "", recipe.place());
    return whole(head, watched(recipe, recipe.place()), changes, new Problems());
  }

  /**
   * What a recipe has beside its keys.
   *
   * @param name unless it gives itself one
   * @param comment its first lines
   * @param start its first character
   */
  private record Head(String name, String comment, Place start) {}

  /** A recipe that names no watchdogs has all that are installed. */
  private Mapping watched(Mapping recipe, Place start) {
    if (recipe.entry(RecipeFormat.WATCHDOGS).isPresent()) {
      return recipe;
    }
    List<Value> all =
        catalog().of(Kind.WATCHDOG).stream()
            .map(ComponentInfo::qualifiedName)
            .distinct()
            .sorted()
            .map(name -> (Value) new Value.Scalar(name, true, start))
            .toList();
    return recipe.with(RecipeFormat.WATCHDOGS, new Value.Sequence(all, start));
  }

  /** Composes a recipe, and sees that whatever is to change while it trains fits. */
  private Composed whole(Head head, Mapping written, List<Change> changes, Problems problems) {
    Recipe recipe = recipe(head, written, changes, problems);
    Composed composed = compose(recipe, head, written, changes, problems);
    if (composed.guards().stream().anyMatch(Guard::adds)) {
      // What a remedy adds can be what is removed later, which only a training can tell.
      return composed;
    }
    List<Change> made = new ArrayList<>();
    for (Planned planned : recipe.planned()) {
      made.add(planned.scheduled().change());
      try {
        composed.changed(made);
      } catch (RecipeException e) {
        throw at(planned, e);
      }
    }
    return composed;
  }

  /** A problem of a change is told of where the recipe writes it. */
  private RecipeException at(Planned planned, RecipeException e) {
    String change = Place.change(planned.scheduled().change(), workingFolder).where();
    return new RecipeException(
        e.problems().stream()
            .map(p -> p.where().equals(change) ? p.at(planned.place().where()) : p)
            .toList());
  }

  private Recipe recipe(Head head, Mapping written, List<Change> changes, Problems problems) {
    Catalog catalog = catalog();
    Mapping changed =
        Changes.apply(
            written,
            changes,
            workingFolder,
            catalog.all().stream().map(ComponentInfo::name).collect(Collectors.toSet()),
            problems);
    Optional<Recipe> read =
        Recipe.read(
            changed,
            head.name(),
            head.start(),
            new Chooser(components, catalog, problems),
            problems);
    problems.refuse();
    return read.get();
  }

  private Composed compose(
      Recipe recipe, Head head, Mapping written, List<Change> changes, Problems problems) {
    String yaml = head.comment() + YamlWriter.write(recipe.spelled(head.start()));
    engine.run();
    return new Composer(components, catalog(), head.start(), problems)
        .compose(
            recipe,
            yaml,
            further -> {
              List<Change> all = Stream.concat(changes.stream(), further.stream()).toList();
              Problems own = new Problems();
              return compose(recipe(head, written, all, own), head, written, all, own);
            });
  }

  private static Optional<Mapping> mapping(Value value, Problems problems) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    boolean nothing = value.isNothing();
    problems.add(
        value.place(),
        nothing
            ? "The recipe is empty."
            : "A recipe is made of 'key: value' lines; this is " + value.found() + ".",
        "Begin with 'data: NAME'; 'networks:' follows.");
    return Optional.empty();
  }

  @Override
  public List<OptionInfo> options(ComponentInfo component) {
    return components.options(component).map(OptionTable::of).orElse(List.of());
  }

  @Override
  public Optional<? extends Record> bind(ComponentInfo component, Optional<Path> file) {
    Optional<Class<? extends Record>> type = components.options(component);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Problems problems = new Problems();
    Mapping written = Mapping.empty(new Place(component.name(), 0, 0, workingFolder));
    if (file.isPresent()) {
      Optional<Source> source = files.read(file.get().toString(), problems);
      problems.refuse();
      written =
          YamlReader.read(source.get().text(), source.get().start(), problems)
              .flatMap(value -> mapping(value, problems))
              .orElse(written);
    }
    Optional<? extends Record> options =
        new Binder(problems).bind(type.get(), written, component.name(), written.place());
    problems.refuse();
    return options;
  }

  @Override
  public ComponentInfo resolve(String kind, String reference) {
    Problems problems = new Problems();
    Catalog catalog = catalog();
    Place argument = new Place(kind + "/" + reference, 0, 0, workingFolder);
    if (!catalog.kinds().contains(kind)) {
      problems.addExpecting(
          argument,
          "There is no kind of component called " + Wording.quoted(kind) + ".",
          Wording.quoted(List.copyOf(catalog.kinds()), "or"),
          Nearest.hint(kind, catalog.kinds())
              + "Kinds: "
              + Wording.quoted(List.copyOf(catalog.kinds()), "and")
              + ".");
      problems.refuse();
    }
    Optional<ComponentInfo> component = catalog.resolve(kind, reference, kind, argument, problems);
    problems.refuse();
    return component.orElseThrow();
  }

  @Override
  public String schema() {
    return new RecipeSchema(components).text();
  }
}
