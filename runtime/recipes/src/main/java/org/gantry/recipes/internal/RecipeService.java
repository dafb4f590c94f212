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
import org.gantry.recipes.internal.composition.ComponentCreator;
import org.gantry.recipes.internal.composition.RecipeComposer;
import org.gantry.recipes.internal.edit.RecipeEditor;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.format.PlannedChange;
import org.gantry.recipes.internal.format.Recipe;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.format.RecipeReader;
import org.gantry.recipes.internal.options.OptionBinder;
import org.gantry.recipes.internal.options.OptionTable;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlValue.Sequence;
import org.gantry.recipes.text.YamlWriter;
import org.gantry.training.BoundComponent;

/** Composes recipes from the components that are installed at each call. */
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
   * @param workingFolder paths on the command line are relative to it
   * @param engine starts the tensor engine unless it runs; called before a graph is built
   */
  RecipeService(ComponentRegistry components, Path bundled, Path workingFolder, Runnable engine) {
    this(components, new RecipeFiles(bundled), workingFolder, engine, false);
  }

  private RecipeService(
      ComponentRegistry components,
      RecipeFiles files,
      Path workingFolder,
      Runnable engine,
      boolean anyVersion) {
    this.components = components;
    this.files = files;
    this.workingFolder = workingFolder;
    this.engine = engine;
    this.anyVersion = anyVersion;
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
    Mapping yaml = readMapping(source.get().text(), start, problems);
    // A text that cannot be read has no keys, which must not be reported as missing keys.
    if (yaml.entries().isEmpty()) {
      problems.throwIfAny();
    }
    RecipeHeader header =
        new RecipeHeader(
            RecipeReader.recipeName(source.get().name()), source.get().comment(), start);
    return composeWithChanges(header, withDefaultWatchdogs(yaml, start), changes, problems);
  }

  @Override
  public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
    RecipeHeader header = new RecipeHeader(name, "", recipe.position());
    return composeWithChanges(
        header, withDefaultWatchdogs(recipe, recipe.position()), changes, new ProblemCollector());
  }

  /**
   * What belongs to a recipe in addition to its keys.
   *
   * @param name its name if it does not state one
   * @param comment the comment at its start
   * @param start the position of its first character
   */
  private record RecipeHeader(String name, String comment, SourcePosition start) {}

  /** Adds all installed watchdogs to a recipe that does not list any. */
  private Mapping withDefaultWatchdogs(Mapping recipe, SourcePosition start) {
    if (recipe.entry(RecipeFormat.WATCHDOGS).isPresent()) {
      return recipe;
    }
    List<YamlValue> installed =
        catalog().ofKind(ComponentKind.WATCHDOG).stream()
            .map(ComponentInfo::qualifiedName)
            .distinct()
            .sorted()
            .map(name -> (YamlValue) new Scalar(name, true, start))
            .toList();
    return recipe.with(RecipeFormat.WATCHDOGS, new Sequence(installed, start));
  }

  /** Composes a recipe, and checks that each change planned for its training fits. */
  private ComposedRecipe composeWithChanges(
      RecipeHeader header, Mapping yaml, List<Change> changes, ProblemCollector problems) {
    Recipe recipe = read(header, yaml, changes, problems);
    ComposedRecipe composed = compose(recipe, header, yaml, changes, problems);
    if (composed.watchdogs().stream().anyMatch(WatchdogRule::addsRegularizer)) {
      // A planned change may remove what a remedy adds, so only the training can check it.
      return composed;
    }
    List<Change> made = new ArrayList<>();
    for (PlannedChange planned : recipe.plannedChanges()) {
      made.add(planned.scheduled().change());
      try {
        composed.withChanges(made);
      } catch (RecipeException e) {
        throw locatedAt(planned, e);
      }
    }
    return composed;
  }

  /** Moves the problems of a planned change to where the recipe writes the change. */
  private RecipeException locatedAt(PlannedChange planned, RecipeException e) {
    String change = RecipeEditor.position(planned.scheduled().change(), workingFolder).location();
    return new RecipeException(
        e.problems().stream()
            .map(
                problem ->
                    problem.location().equals(change)
                        ? problem.withLocation(planned.position().location())
                        : problem)
            .toList());
  }

  /** Reads a recipe with changes applied. */
  private Recipe read(
      RecipeHeader header, Mapping yaml, List<Change> changes, ProblemCollector problems) {
    ComponentCatalog catalog = catalog();
    Mapping changed =
        RecipeEditor.apply(
            yaml,
            changes,
            workingFolder,
            catalog.all().stream().map(ComponentInfo::name).collect(Collectors.toSet()),
            problems);
    ComponentResolver resolver = new ComponentResolver(components, catalog, problems);
    Optional<Recipe> read =
        new RecipeReader(changed, header.start(), resolver, problems).read(header.name());
    problems.throwIfAny();
    return read.get();
  }

  private ComposedRecipe compose(
      Recipe recipe,
      RecipeHeader header,
      Mapping yaml,
      List<Change> changes,
      ProblemCollector problems) {
    String resolved = header.comment() + YamlWriter.write(recipe.toYaml(header.start()));
    engine.run();
    return new RecipeComposer(components, catalog(), header.start(), problems)
        .compose(
            recipe,
            resolved,
            further -> {
              List<Change> all = Stream.concat(changes.stream(), further.stream()).toList();
              ProblemCollector own = new ProblemCollector();
              return compose(read(header, yaml, all, own), header, yaml, all, own);
            });
  }

  /** Reads a text that is a mapping; an empty mapping if there was a problem. */
  private static Mapping readMapping(String text, SourcePosition start, ProblemCollector problems) {
    return YamlReader.read(text, start, problems)
        .flatMap(value -> asMapping(value, problems))
        .orElse(Mapping.empty(start));
  }

  private static Optional<Mapping> asMapping(YamlValue value, ProblemCollector problems) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.add(
        value.position(),
        value.isNull()
            ? "The recipe is empty."
            : "A recipe consists of 'key: value' lines; this is " + value.description() + ".",
        "Begin with 'data: NAME', then 'networks:'.");
    return Optional.empty();
  }

  @Override
  public <T> BoundComponent<T> createRecorded(
      String source, String yaml, String key, Class<T> type) {
    ProblemCollector problems = new ProblemCollector();
    SourcePosition start = SourcePosition.startOf(source, workingFolder);
    Mapping recipe = readMapping(yaml, start, problems);
    problems.throwIfAny();
    if (recipe.get(key).isEmpty()) {
      problems.add(start, "The recipe has no " + MessageText.quoted(key) + ".", "");
      problems.throwIfAny();
    }
    Optional<BoundComponent<T>> component =
        new ComponentResolver(components, catalog(), problems)
            .resolve(RecipeFormat.SINGLE_KINDS.get(key), recipe.get(key).get(), key)
            .flatMap(choice -> new ComponentCreator(components, problems).create(type, choice));
    problems.throwIfAny();
    return component.orElseThrow();
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
    Mapping yaml = Mapping.empty(new SourcePosition(component.name(), 0, 0, workingFolder));
    if (file.isPresent()) {
      Optional<RecipeSource> source = files.read(file.get().toString(), problems);
      problems.throwIfAny();
      yaml =
          YamlReader.read(source.get().text(), source.get().start(), problems)
              .flatMap(value -> asMapping(value, problems))
              .orElse(yaml);
    }
    Optional<? extends Record> options =
        new OptionBinder(problems).bind(type.get(), yaml, component.name(), yaml.position());
    problems.throwIfAny();
    return options;
  }

  @Override
  public ComponentInfo resolveComponent(String kind, String reference) {
    ProblemCollector problems = new ProblemCollector();
    ComponentCatalog catalog = catalog();
    SourcePosition argument = new SourcePosition(kind + "/" + reference, 0, 0, workingFolder);
    if (!catalog.kinds().contains(kind)) {
      List<String> kinds = List.copyOf(catalog.kinds());
      problems.addExpecting(
          argument,
          "There is no kind of component called " + MessageText.quoted(kind) + ".",
          MessageText.quoted(kinds, "or"),
          NearestName.suggestion(kind, kinds) + "Kinds: " + MessageText.quoted(kinds, "and") + ".");
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
