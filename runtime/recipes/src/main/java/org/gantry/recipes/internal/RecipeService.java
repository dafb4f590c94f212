package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.WatchdogRule;
import org.gantry.recipes.internal.RecipeFiles.RecipeSource;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlWriter;

/** Recipes over the components that are installed at each call. */
final class RecipeService implements Recipes {

  private final ComponentRegistry components;
  private final RecipeFiles files;
  private final Path workingFolder;
  private final Runnable engine;
  private final boolean anyVersion;

  /**
   * Creates the service.
   *
   * @param bundled the folder of the bundled recipes; need not exist
   * @param workingFolder what paths on the command line are relative to
   * @param engine starts the engine, if it does not run; called before a graph is built
   */
  RecipeService(ComponentRegistry components, Path bundled, Path workingFolder, Runnable engine) {
    this(components, new RecipeFiles(bundled), workingFolder, engine, false);
  }

  private RecipeService(
      ComponentRegistry components,
      RecipeFiles files,
      Path workingFolder,
      Runnable engine,
      boolean ofAnyVersion) {
    this.components = components;
    this.files = files;
    this.workingFolder = workingFolder;
    this.engine = engine;
    this.anyVersion = ofAnyVersion;
  }

  @Override
  public Recipes acceptingAnyVersion() {
    return new RecipeService(components, files, workingFolder, engine, true);
  }

  private ComponentCatalog catalog() {
    return new ComponentCatalog(components.all(), anyVersion);
  }

  @Override
  public List<BundledRecipe> bundled() {
    return files.bundled();
  }

  @Override
  public ComposedRecipe compose(String recipe, List<Change> changes) {
    ProblemCollector problems = new ProblemCollector();
    Optional<RecipeSource> source = files.read(recipe, problems);
    problems.throwIfAny();
    SourcePosition start = source.get().start();
    Mapping written =
        YamlReader.read(source.get().text(), start, problems)
            .flatMap(value -> mapping(value, problems))
            .orElse(Mapping.empty(start));
    // Without a text that could be read, every key would seem to be missing.
    if (written.entries().isEmpty()) {
      problems.throwIfAny();
    }
    RecipeHeader head =
        new RecipeHeader(Recipe.nameFrom(source.get().name()), source.get().comment(), start);
    return whole(head, watched(written, start), changes, problems);
  }

  @Override
  public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
    RecipeHeader head = new RecipeHeader(name, "", recipe.position());
    return whole(head, watched(recipe, recipe.position()), changes, new ProblemCollector());
  }

  /**
   * What a recipe has beside its keys.
   *
   * @param name unless it gives itself one
   * @param comment its first lines
   * @param start its first character
   */
  private record RecipeHeader(String name, String comment, SourcePosition start) {}

  /** A recipe that names no watchdogs has all that are installed. */
  private Mapping watched(Mapping recipe, SourcePosition start) {
    if (recipe.entry(RecipeFormat.WATCHDOGS).isPresent()) {
      return recipe;
    }
    List<YamlValue> all =
        catalog().ofKind(ComponentKind.WATCHDOG).stream()
            .map(ComponentInfo::qualifiedName)
            .distinct()
            .sorted()
            .map(name -> (YamlValue) new YamlValue.Scalar(name, true, start))
            .toList();
    return recipe.with(RecipeFormat.WATCHDOGS, new YamlValue.Sequence(all, start));
  }

  /** Composes a recipe, and sees that whatever is to change while it trains fits. */
  private ComposedRecipe whole(
      RecipeHeader head, Mapping written, List<Change> changes, ProblemCollector problems) {
    Recipe recipe = recipe(head, written, changes, problems);
    ComposedRecipe composed = compose(recipe, head, written, changes, problems);
    if (composed.watchdogs().stream().anyMatch(WatchdogRule::addsRegularizer)) {
      // What a remedy adds can be what is removed later, which only a training can tell.
      return composed;
    }
    List<Change> made = new ArrayList<>();
    for (PlannedChange planned : recipe.plannedChanges()) {
      made.add(planned.scheduled().change());
      try {
        composed.withChanges(made);
      } catch (RecipeException e) {
        throw at(planned, e);
      }
    }
    return composed;
  }

  /** A problem of a change is told of where the recipe writes it. */
  private RecipeException at(PlannedChange planned, RecipeException e) {
    String change = RecipeEditor.position(planned.scheduled().change(), workingFolder).location();
    return new RecipeException(
        e.problems().stream()
            .map(
                p ->
                    p.location().equals(change) ? p.withLocation(planned.position().location()) : p)
            .toList());
  }

  private Recipe recipe(
      RecipeHeader head, Mapping written, List<Change> changes, ProblemCollector problems) {
    ComponentCatalog catalog = catalog();
    Mapping changed =
        RecipeEditor.apply(
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
            new ComponentResolver(components, catalog, problems),
            problems);
    problems.throwIfAny();
    return read.get();
  }

  private ComposedRecipe compose(
      Recipe recipe,
      RecipeHeader head,
      Mapping written,
      List<Change> changes,
      ProblemCollector problems) {
    String yaml = head.comment() + YamlWriter.write(recipe.toYaml(head.start()));
    engine.run();
    return new RecipeComposer(components, catalog(), head.start(), problems)
        .compose(
            recipe,
            yaml,
            further -> {
              List<Change> all = Stream.concat(changes.stream(), further.stream()).toList();
              ProblemCollector own = new ProblemCollector();
              return compose(recipe(head, written, all, own), head, written, all, own);
            });
  }

  private static Optional<Mapping> mapping(YamlValue value, ProblemCollector problems) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    boolean nothing = value.isNull();
    problems.add(
        value.position(),
        nothing
            ? "The recipe is empty."
            : "A recipe is made of 'key: value' lines; this is " + value.description() + ".",
        "Begin with 'data: NAME'; 'networks:' follows.");
    return Optional.empty();
  }

  @Override
  public List<OptionInfo> options(ComponentInfo component) {
    return components.optionsType(component).map(OptionTable::of).orElse(List.of());
  }

  @Override
  public Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
    Optional<Class<? extends Record>> type = components.optionsType(component);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    ProblemCollector problems = new ProblemCollector();
    Mapping written = Mapping.empty(new SourcePosition(component.name(), 0, 0, workingFolder));
    if (file.isPresent()) {
      Optional<RecipeSource> source = files.read(file.get().toString(), problems);
      problems.throwIfAny();
      written =
          YamlReader.read(source.get().text(), source.get().start(), problems)
              .flatMap(value -> mapping(value, problems))
              .orElse(written);
    }
    Optional<? extends Record> options =
        new OptionBinder(problems).bind(type.get(), written, component.name(), written.position());
    problems.throwIfAny();
    return options;
  }

  @Override
  public ComponentInfo resolveComponent(String kind, String reference) {
    ProblemCollector problems = new ProblemCollector();
    ComponentCatalog catalog = catalog();
    SourcePosition argument = new SourcePosition(kind + "/" + reference, 0, 0, workingFolder);
    if (!catalog.kinds().contains(kind)) {
      problems.addExpecting(
          argument,
          "There is no kind of component called " + MessageWording.quoted(kind) + ".",
          MessageWording.quoted(List.copyOf(catalog.kinds()), "or"),
          NearestName.suggestion(kind, catalog.kinds())
              + "Kinds: "
              + MessageWording.quoted(List.copyOf(catalog.kinds()), "and")
              + ".");
      problems.throwIfAny();
    }
    Optional<ComponentInfo> component = catalog.resolve(kind, reference, kind, argument, problems);
    problems.throwIfAny();
    return component.orElseThrow();
  }

  @Override
  public String jsonSchema() {
    return new RecipeSchema(components).text();
  }
}
