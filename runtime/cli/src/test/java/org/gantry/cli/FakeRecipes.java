package org.gantry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gantry.component.ComponentKind;
import org.gantry.components.ComponentInfo;
import org.gantry.metric.Metric;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.ListedComponent;
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;

/**
 * One recipe, tiny, whose entries can be changed, and one with the stages {@code first} and {@code
 * second} that are like it, whose name begins with {@code staged}.
 */
record FakeRecipes(CommandFixture fixture) implements Recipes {

  private static final String STAGED = "staged";
  private static final String STEPS = ScheduledChange.STEPS;
  private static final Pattern PLANNED = Pattern.compile("after: (\\d+) set: (\\S+) to: (\\S+)");
  private static final Map<String, String> RECIPE =
      Map.of(
          "loss",
          "hinge",
          STEPS,
          "8",
          "prior",
          "acme.nets/codes@1.1.0",
          "sampler",
          "acme.nets/random@1.1.0");

  @Override
  public List<BundledRecipe> bundled() {
    return List.of(
        new BundledRecipe("tiny", "Two players and a few points.", Path.of("tiny.yaml")));
  }

  @Override
  public Recipes acceptingAnyVersion() {
    return this;
  }

  @Override
  public ComposedRecipe compose(String recipe, List<Change> changes) {
    fixture
        .asked()
        .add(recipe + changes.stream().map(c -> " " + c.path() + "=" + c.value()).toList());
    if (fixture.failure() != null) {
      throw fixture.failure();
    }
    return composed(recipe, changes);
  }

  @Override
  public ComposedRecipe compose(String name, Mapping recipe, List<Change> changes) {
    return compose(name, changes);
  }

  @Override
  public Optional<StagedRecipe> composeStages(String recipe, List<Change> changes) {
    if (!recipe.startsWith(STAGED) && !isStagedFile(recipe)) {
      return Optional.empty();
    }
    fixture.asked().add(recipe + " in stages" + changes.stream().map(Change::path).toList());
    Map<String, ComposedRecipe> stages = new LinkedHashMap<>();
    for (String stage : List.of("first", "second")) {
      stages.put(stage, composed(recipe, ofStage(stage, changes)));
    }
    StringBuilder text = new StringBuilder("stages: first second\n");
    stages.forEach(
        (stage, composed) ->
            text.append(
                "stages." + stage + "." + STEPS + ": " + composed.settings().steps() + "\n"));
    return Optional.of(new StagedRecipe(STAGED, stages, text.toString()));
  }

  private static boolean isStagedFile(String recipe) {
    try {
      return Files.isRegularFile(Path.of(recipe))
          && Files.readString(Path.of(recipe)).startsWith("stages: ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Change> ofStage(String stage, List<Change> changes) {
    return changes.stream()
        .map(c -> new Change(c.path().replace("stages." + stage + ".", ""), c.value()))
        .filter(c -> !c.path().startsWith("stages."))
        .toList();
  }

  @Override
  public ComposedRecipe composeStage(String recipe, String stage, Path runs) {
    fixture.asked().add(stage + " of " + recipe);
    if (fixture.failure() != null) {
      throw fixture.failure();
    }
    try {
      return composed(
          STAGED,
          ofStage(
              stage,
              Files.readAllLines(Path.of(recipe)).stream()
                  .skip(1)
                  .map(line -> line.split(": ", 2))
                  .map(entry -> new Change(entry[0], entry[1]))
                  .toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String withTrainedStage(String recipe, String stage, String trained) {
    fixture.asked().add("trained " + stage);
    try {
      return Files.readString(Path.of(recipe));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> BoundComponent<T> createRecorded(
      String source, String yaml, String key, Class<T> type) {
    return fixture.installed().stream()
        .filter(c -> yaml.contains(key + ": " + c.qualifiedName() + "@" + c.version() + "\n"))
        .findFirst()
        .map(c -> bound(key, c.name(), fixture.components().create(c, type, Optional.empty())))
        .orElseThrow(
            () ->
                new RecipeException(
                    List.of(new InputProblem(source, "There is none.", "Try another."))));
  }

  @Override
  public <T> T create(String key, String reference, List<Change> options, Class<T> type) {
    options.forEach(option -> fixture.asked().add(reference + ": " + option));
    return type.cast(
        key.equals(ComponentKind.SAMPLER) ? fixture.sampler() : fixture.dataset(options));
  }

  @Override
  public <T> List<ListedComponent<T>> createList(Path file, String kind, Class<T> type) {
    List<ListedComponent<T>> listed = new ArrayList<>();
    for (Object each : fixture.listed()) {
      String path = "%ss[%d]".formatted(kind, listed.size());
      SourcePosition at = new SourcePosition(file.toString(), listed.size() + 2, 5, Path.of(""));
      listed.add(new ListedComponent<>(type.cast(each), path, at));
    }
    return listed;
  }

  @Override
  public List<OptionInfo> options(ComponentInfo component) {
    return component.equals(CommandFixture.HINGE)
        ? List.of(
            new OptionInfo(
                "margin", "number", Optional.of("1"), "greater than 0", "where it stops"),
            new OptionInfo("file", "file", Optional.empty(), "", "what to read"))
        : List.of();
  }

  @Override
  public Optional<? extends Record> bindOptions(ComponentInfo component, Optional<Path> file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ComponentInfo resolveComponent(String kind, String reference) {
    return fixture.installed().stream()
        .filter(c -> c.kind().equals(kind))
        .filter(c -> c.name().equals(reference) || c.qualifiedName().equals(reference))
        .findFirst()
        .orElseThrow(
            () ->
                new RecipeException(
                    List.of(
                        new InputProblem(
                            kind + "/" + reference, "There is none.", "Try another."))));
  }

  @Override
  public String jsonSchema() {
    return "{\"title\": \"recipe\"}";
  }

  /** Composes the tiny game; the text of the recipe has a line for each entry. */
  private ComposedRecipe composed(String recipe, List<Recipes.Change> changes) {
    Map<String, String> entries = new TreeMap<>(RECIPE);
    if (Files.isRegularFile(Path.of(recipe))) {
      try {
        for (String line : Files.readAllLines(Path.of(recipe))) {
          String[] entry = line.split(": ", 2);
          entries.put(entry[0], entry[1]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    changes.forEach(c -> entries.put(c.path(), c.value().replaceAll("\\s+", " ").strip()));
    StringBuilder text = new StringBuilder();
    entries.forEach((path, value) -> text.append(path + ": " + value + "\n"));
    List<ScheduledChange> schedule =
        PLANNED
            .matcher(entries.getOrDefault(ScheduledChange.KEY, ""))
            .results()
            .map(
                r ->
                    new ScheduledChange(
                        Long.parseLong(r.group(1)), new Recipes.Change(r.group(2), r.group(3))))
            .toList();
    return composed(
        Long.parseLong(entries.get(STEPS)),
        text.toString(),
        schedule,
        further -> composed(recipe, Stream.concat(changes.stream(), further.stream()).toList()));
  }

  private ComposedRecipe composed(
      long steps,
      String text,
      List<ScheduledChange> schedule,
      Function<List<Recipes.Change>, ComposedRecipe> changing) {
    Composition game = fixture.game();
    return new ComposedRecipe(
        "tiny",
        TrainingGraph.build(game),
        new TrainSettings(steps, TinyGame.BATCH, game.seed(), 4, 2, 3, 2, 600, 1),
        List.of(bound(ComponentKind.METRIC, "spread", (Metric) e -> Map.of("deviation", 0.25))),
        bound(ComponentKind.SAMPLER, "random", fixture.sampler()),
        List.of(CommandFixture.HINGE),
        List.of(fixture.jarOf(CommandFixture.HINGE)),
        text,
        List.of(),
        Map.of(),
        schedule,
        changing);
  }

  private static <T> BoundComponent<T> bound(String kind, String name, T component) {
    return new BoundComponent<>(
        component,
        new ComponentOrigin(kind, name, "1.0.0", "acme 1.0.0", List.of(), List.of(), ""));
  }
}
