package org.gantry.recipes.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.WatchdogRule;
import org.gantry.recipes.internal.composition.RecipeComposer;
import org.gantry.recipes.internal.edit.InstalledOptions;
import org.gantry.recipes.internal.edit.RecipeEditor;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ComponentResolver;
import org.gantry.recipes.internal.format.PlannedChange;
import org.gantry.recipes.internal.format.Recipe;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.format.RecipeReader;
import org.gantry.recipes.internal.options.OptionTable;
import org.gantry.recipes.internal.stages.StageChanges;
import org.gantry.recipes.internal.stages.StageReader;
import org.gantry.recipes.internal.stages.StageText;
import org.gantry.recipes.internal.stages.StagedComposer;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
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
    return ComponentCatalog.of(components, anyVersion);
  }

  @Override
  public List<BundledRecipe> bundled() {
    return files.bundled();
  }

  @Override
  public ComposedRecipe compose(String recipe, List<Change> changes) {
    ProblemCollector problems = new ProblemCollector();
    RecipeText text = RecipeText.read(files, recipe, problems);
    return StageReader.hasStages(text.yaml())
        ? composeStages(text, changes, problems).last()
        : composeWithChanges(text, changes, problems);
  }

  @Override
  public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
    ProblemCollector problems = new ProblemCollector();
    if (StageReader.hasStages(recipe)) {
      problems.add(
          recipe.entry(RecipeFormat.STAGES).orElseThrow().position(),
          "A recipe within another text has no stages.",
          "Write it into a file of its own and train it with 'gantry train'.");
      problems.throwIfAny();
    }
    return composeWithChanges(
        new RecipeText(name, "", recipe.position(), recipe), changes, problems);
  }

  @Override
  public Optional<StagedRecipe> composeStages(String recipe, List<Change> changes) {
    ProblemCollector problems = new ProblemCollector();
    RecipeText text = RecipeText.read(files, recipe, problems);
    return StageReader.hasStages(text.yaml())
        ? Optional.of(composeStages(text, changes, problems))
        : Optional.empty();
  }

  private StagedRecipe composeStages(
      RecipeText text, List<Change> changes, ProblemCollector problems) {
    return stages(text, changes, problems).composeAll(text.comment(), text.start());
  }

  @Override
  public ComposedRecipe composeStage(String recipe, String stage, Path runs) {
    ProblemCollector problems = new ProblemCollector();
    RecipeText text = RecipeText.read(files, recipe, problems);
    return stages(text, List.of(), problems).composeTrained(stage, runs);
  }

  @Override
  public String withTrainedStage(String recipe, String stage, String trained) {
    ProblemCollector problems = new ProblemCollector();
    RecipeText text = RecipeText.read(files, recipe, problems);
    SourcePosition start = SourcePosition.startOf(stage, workingFolder);
    Mapping yaml = RecipeText.readMapping(trained, start, problems);
    return stages(text, List.of(), problems).withTrained(text.comment(), text.start(), stage, yaml);
  }

  /** Reads the stages of a recipe with changes applied. */
  private StagedComposer stages(RecipeText text, List<Change> changes, ProblemCollector problems) {
    StageChanges edits =
        new StageChanges(changes, workingFolder, new InstalledOptions(components), problems);
    Mapping recipe = edits.applyTo(text.yaml());
    String name = RecipeReader.name(recipe, text.name(), problems);
    List<StageText> stages = edits.applyTo(new StageReader(problems).read(recipe));
    problems.throwIfAny();
    return new StagedComposer(
        name,
        stages,
        (stageName, start, stage) ->
            composeWithChanges(
                new RecipeText(stageName, "", start, stage), List.of(), new ProblemCollector()));
  }

  /** Adds all installed watchdogs to a recipe that does not list any. */
  private RecipeText withDefaultWatchdogs(RecipeText text) {
    if (text.yaml().entry(RecipeFormat.WATCHDOGS).isPresent()) {
      return text;
    }
    SourcePosition start = text.start();
    List<YamlValue> installed =
        catalog().ofKind(ComponentKind.WATCHDOG).stream()
            .map(ComponentInfo::qualifiedName)
            .distinct()
            .sorted()
            .map(name -> (YamlValue) new Scalar(name, true, start))
            .toList();
    Mapping yaml = text.yaml().with(RecipeFormat.WATCHDOGS, new Sequence(installed, start));
    return new RecipeText(text.name(), text.comment(), start, yaml);
  }

  /** Composes a recipe, and checks that each change planned for its training fits. */
  private ComposedRecipe composeWithChanges(
      RecipeText written, List<Change> changes, ProblemCollector problems) {
    RecipeText text = withDefaultWatchdogs(written);
    Recipe recipe = read(text, changes, problems);
    ComposedRecipe composed = compose(recipe, text, changes, problems);
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
  private Recipe read(RecipeText text, List<Change> changes, ProblemCollector problems) {
    ComponentCatalog catalog = catalog();
    Mapping changed =
        RecipeEditor.apply(
            text.yaml(), changes, workingFolder, new InstalledOptions(components), problems);
    ComponentResolver resolver = new ComponentResolver(components, catalog, problems);
    Optional<Recipe> read =
        new RecipeReader(changed, text.start(), resolver, problems).read(text.name());
    problems.throwIfAny();
    return read.get();
  }

  private ComposedRecipe compose(
      Recipe recipe, RecipeText text, List<Change> changes, ProblemCollector problems) {
    String resolved = text.comment() + YamlWriter.write(recipe.toYaml(text.start()));
    engine.run();
    return new RecipeComposer(components, catalog(), text.start(), problems)
        .compose(
            recipe,
            resolved,
            further -> {
              List<Change> all = Stream.concat(changes.stream(), further.stream()).toList();
              ProblemCollector own = new ProblemCollector();
              return compose(read(text, all, own), text, all, own);
            });
  }

  @Override
  public <T> BoundComponent<T> createRecorded(
      String source, String yaml, String key, Class<T> type) {
    return single().createRecorded(source, yaml, key, type);
  }

  @Override
  public <T> T create(String key, String reference, List<Change> options, Class<T> type) {
    return single().create(key, reference, options, type);
  }

  @Override
  public <T> List<ListedComponent<T>> createList(Path file, String kind, Class<T> type) {
    return new ComponentList(components, catalog(), files).create(file, kind, type);
  }

  @Override
  public List<OptionInfo> options(ComponentInfo component) {
    try {
      return components.optionsType(component).map(OptionTable::of).orElse(List.of());
    } catch (IllegalArgumentException e) {
      throw new ComponentException(
          "%s/%s of %s does not work: %s"
              .formatted(component.kind(), component.name(), component.bundle(), e.getMessage()),
          e);
    }
  }

  @Override
  public Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
    return single().bindOptions(component, file);
  }

  @Override
  public ComponentInfo resolveComponent(String kind, String reference) {
    return single().resolve(kind, reference);
  }

  private SingleComponents single() {
    return new SingleComponents(components, catalog(), files, workingFolder);
  }

  @Override
  public String jsonSchema() {
    return new RecipeSchema(components).text();
  }
}
