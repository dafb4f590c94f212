package org.gantry.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.gantry.components.ComponentRegistry;
import org.gantry.experiments.definition.VariantPoint;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.MessageText;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.RunState;
import org.gantry.runs.training.SampleRequest;
import org.gantry.runs.training.TrainedRun;

/**
 * The evaluation of another variant's trained networks, with another sampler or other metrics. Its
 * run folder has the other variant's curves, and no checkpoints.
 *
 * @param path the run folder, which may not exist yet
 * @param trained the run of the other variant
 * @param changes what the variant changes of it
 */
record BorrowedRun(Path path, RunFolder trained, List<Change> changes) {

  /** What does not affect the training, within a stage or not. */
  private static final Pattern AFTER_TRAINING =
      Pattern.compile("(stages\\.[^.]+\\.)?((sampler|metrics)\\b.*)");

  private static final int PICTURES = 64;

  /**
   * The changes that a variant makes in addition to those of the variant that is trained, with
   * paths within the last stage.
   */
  static List<Change> changes(VariantPoint point, VariantPoint trained) {
    return point.placedChanges().stream()
        .filter(placed -> !trained.placedChanges().contains(placed))
        .map(VariantPoint.PlacedChange::change)
        .map(c -> new Change(c.path().replaceFirst("^stages\\.[^.]+\\.", ""), c.value()))
        .toList();
  }

  /**
   * Refuses a recipe that could not have the weights of another.
   *
   * @param label the variant, for messages
   * @param point where the experiment declares it
   * @throws org.gantry.recipes.text.RecipeException if they differ in anything but the sampler and
   *     the metrics
   */
  static void requireSameTraining(String label, VariantPoint point, String recipe, String trained) {
    ProblemCollector problems = new ProblemCollector();
    for (RecipeDifference difference : RecipeDifference.affectingResults(trained, recipe)) {
      if (!isAfterTraining(difference)) {
        problems.add(
            point.position(),
            "The variant %s has the weights of another, and changes %s, which affects the training."
                .formatted(MessageText.quoted(label), difference.path()),
            "Change only 'sampler' and 'metrics', or leave 'weights' out.");
        break;
      }
    }
    problems.throwIfAny();
  }

  private static boolean isAfterTraining(RecipeDifference difference) {
    return AFTER_TRAINING.matcher(difference.path()).matches();
  }

  /**
   * Refuses a folder that was evaluated with another sampler or with other metrics.
   *
   * @param recipe the resolved recipe of the variant; the last stage of one with stages
   * @throws RunException if it was, or if the folder cannot be read
   */
  void requireSame(String recipe) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      String recorded = Files.readString(RunFolder.open(path).recipe());
      for (RecipeDifference difference : RecipeDifference.affectingResults(recorded, recipe)) {
        if (isAfterTraining(difference)) {
          throw new RunException(
              "%s was evaluated with another recipe: %s was %s there and is %s here; remove it to evaluate again"
                  .formatted(
                      path,
                      difference.path(),
                      difference.before().orElse("absent"),
                      difference.after().orElse("absent")));
        }
      }
    } catch (IOException e) {
      throw new RunException("cannot read " + path + ": " + ErrorText.of(e), e);
    }
  }

  /**
   * Draws samples and evaluates them.
   *
   * @param cache where metrics cache what is expensive to compute
   * @throws RunException if the sampler or a metric fails, or the folder cannot be written
   */
  void evaluate(Recipes recipes, ComponentRegistry components, Path cache) {
    try (TrainedRun run = TrainedRun.open(trained.path(), recipes, components, changes)) {
      RunFolder folder =
          Files.exists(path) ? new RunFolder(path) : RunFolder.create(path, run.composed());
      long seed = run.composed().settings().seed();
      new SampleRequest(PICTURES, seed).draw(run, folder.samples().resolve("evaluated.png"));
      run.evaluate(run.composed().settings().evaluate(), cache, folder);
      if (Files.exists(trained.metrics()) && !Files.exists(folder.metrics())) {
        Files.copy(trained.metrics(), folder.metrics());
      }
      // The state comes last: it says that the evaluation is done. No time was spent on training.
      RunState state = trained.state();
      folder.writeState(
          new RunState(state.status(), state.step(), state.steps(), 0, state.reason(), 0));
    } catch (IOException e) {
      throw new RunException("cannot write " + path + ": " + ErrorText.of(e), e);
    }
  }
}
