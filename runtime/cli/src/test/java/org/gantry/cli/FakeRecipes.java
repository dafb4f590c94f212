package org.gantry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.gantry.recipes.OptionInfo;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.sampler.Sampler;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.TrainingGraph;

/** One recipe, tiny, whose entries can be changed. */
record FakeRecipes(CommandFixture fixture) implements Recipes {

  private static final String STEPS = ScheduledChange.STEPS;
  private static final Pattern PLANNED = Pattern.compile("after: (\\d+) set: '([^']+)' to: (\\S+)");
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
    Composition game = TinyGame.of(fixture.loss());
    return new ComposedRecipe(
        "tiny",
        TrainingGraph.build(game),
        new TrainSettings(steps, TinyGame.BATCH, game.seed(), 4, 2, 3, 2, 600, 1),
        List.of(bound(ComponentKind.METRIC, "spread", (Metric) e -> Map.of("deviation", 0.25))),
        bound(ComponentKind.SAMPLER, "random", (Sampler) CommandFixture::sample),
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
