package org.gantry.recipes.internal.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.StagedRecipe;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.recipes.text.YamlReader;
import org.gantry.recipes.text.YamlValue;
import org.gantry.recipes.text.YamlValue.Mapping;
import org.gantry.recipes.text.YamlValue.MappingEntry;
import org.gantry.recipes.text.YamlValue.Scalar;
import org.gantry.recipes.text.YamlWriter;

/**
 * Composes the stages of a recipe, each like a recipe of its own.
 *
 * @param name the name of the recipe
 * @param stages its stages, in the order of training
 * @param composing composes a recipe without stages
 */
public record StagedComposer(String name, List<StageText> stages, RecipeComposing composing) {

  /** Composes a recipe without stages. */
  public interface RecipeComposing {

    /**
     * Composes a recipe.
     *
     * @param name its name
     * @param start where its text begins
     */
    ComposedRecipe compose(String name, SourcePosition start, Mapping recipe);
  }

  /**
   * Composes all stages before any is trained.
   *
   * @param comment the comment at the start of the resolved recipe
   * @param start where the recipe begins
   * @throws RecipeException if a stage is invalid; it has the problems of all stages
   */
  public StagedRecipe composeAll(String comment, SourcePosition start) {
    Map<String, ComposedRecipe> composed = new LinkedHashMap<>();
    Map<String, Mapping> resolved = new LinkedHashMap<>();
    Map<InputProblem, Set<String>> found = new LinkedHashMap<>();
    for (StageText stage : stages) {
      StageLinks links = links(stage);
      if (!composed.keySet().containsAll(links.sources())) {
        // Whether the stage fits can only be said once those before it do.
        continue;
      }
      try {
        ComposedRecipe recipe = composeUntrained(stage, links, resolved);
        composed.put(stage.name(), recipe);
        resolved.put(stage.name(), read(recipe, stage));
      } catch (RecipeException e) {
        e.problems()
            .forEach(p -> found.computeIfAbsent(p, key -> new TreeSet<>()).add(stage.name()));
      }
    }
    if (!found.isEmpty()) {
      throw new RecipeException(found.entrySet().stream().map(StagedComposer::located).toList());
    }
    return new StagedRecipe(name, composed, comment + YamlWriter.write(text(resolved, start)));
  }

  private ComposedRecipe composeUntrained(
      StageText stage, StageLinks links, Map<String, Mapping> resolved) {
    ProblemCollector problems = new ProblemCollector();
    links.refuseLaterStages(later(stage), problems);
    Mapping recipe = links.untrained(resolved, problems);
    problems.throwIfAny();
    return composing.compose(nameOf(stage), stage.position(), recipe);
  }

  /** Names the stage of a problem that not all stages share. */
  private static InputProblem located(Map.Entry<InputProblem, Set<String>> found) {
    InputProblem problem = found.getKey();
    return found.getValue().size() > 1
        ? problem
        : problem.withMessage(
            "In the stage %s: %s"
                .formatted(
                    MessageText.quoted(found.getValue().iterator().next()), problem.message()));
  }

  /**
   * Composes a stage whose earlier stages are trained.
   *
   * @param stage its name
   * @param runs the folder in which the run of each earlier stage has the stage's name
   * @throws RecipeException if the recipe has no such stage, or it is invalid
   */
  public ComposedRecipe composeTrained(String stage, Path runs) {
    StageText text =
        stages.stream()
            .filter(candidate -> candidate.name().equals(stage))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the recipe has no stage " + stage));
    return composing.compose(nameOf(text), text.position(), links(text).trained(runs));
  }

  /**
   * Returns the resolved recipe with the recipe of a trained stage in place of its own.
   *
   * @param comment the comment at the start of the resolved recipe
   * @param start where the recipe begins
   * @param stage the name of the stage
   * @param trained the resolved recipe of its run
   */
  public String withTrained(String comment, SourcePosition start, String stage, Mapping trained) {
    Map<String, Mapping> recipes = new LinkedHashMap<>();
    for (StageText text : stages) {
      recipes.put(text.name(), text.name().equals(stage) ? trained : text.recipe());
    }
    return comment + YamlWriter.write(text(recipes, start));
  }

  private Mapping text(Map<String, Mapping> resolved, SourcePosition start) {
    Mapping all = Mapping.empty(start);
    for (StageText stage : stages) {
      all = all.with(stage.name(), unnamed(links(stage).linked(resolved.get(stage.name()))));
    }
    return Mapping.empty(start)
        .with(RecipeFormat.NAME, new Scalar(name, true, start))
        .with(RecipeFormat.STAGES, all);
  }

  private static Mapping unnamed(Mapping recipe) {
    List<MappingEntry> entries = new ArrayList<>(recipe.entries());
    entries.removeIf(entry -> entry.key().equals(RecipeFormat.NAME));
    return new Mapping(entries, recipe.position());
  }

  private static Mapping read(ComposedRecipe recipe, StageText stage) {
    SourcePosition position = stage.position();
    ProblemCollector problems = new ProblemCollector();
    YamlValue read =
        YamlReader.read(
                recipe.yaml(),
                new SourcePosition(position.location(), 0, 0, position.folder()),
                problems)
            .orElseThrow();
    return (Mapping) read;
  }

  private String nameOf(StageText stage) {
    return name + "-" + stage.name();
  }

  private StageLinks links(StageText stage) {
    return new StageLinks(stage, names().subList(0, stages.indexOf(stage)));
  }

  /** Returns the stage and those after it. */
  private List<String> later(StageText stage) {
    return names().subList(stages.indexOf(stage), stages.size());
  }

  private List<String> names() {
    return stages.stream().map(StageText::name).toList();
  }
}
