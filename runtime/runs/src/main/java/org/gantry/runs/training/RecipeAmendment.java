package org.gantry.runs.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.host.support.TextFiles;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.store.CheckpointStore.CheckpointScan;

/**
 * The recipe of a run that is resumed with changes.
 *
 * <p>A change that can take effect during a training is scheduled for the step of the checkpoint,
 * so training the recipe repeats the run. A change of output settings applies from the first step.
 * Any other change applies from the first step, too, but then training the recipe does not repeat
 * the run, and the differences say so.
 *
 * @param composed the recipe from now on
 * @param steps the total number of steps from now on
 * @param recordedSteps the total number of steps so far
 * @param differences from what was trained so far
 * @param unrepeatable those differences that a recipe cannot schedule for a step
 */
record RecipeAmendment(
    ComposedRecipe composed,
    long steps,
    long recordedSteps,
    List<RecipeDifference> differences,
    List<RecipeDifference> unrepeatable) {

  /** Paths that affect evaluations but not the weights. */
  private static final List<String> EVALUATION_PATHS =
      List.of(
          "metrics",
          "sampler",
          "train.evaluate",
          "train.evaluate-every",
          "train.evaluate-samples",
          "train.early-stopping",
          "train.keep-best",
          "train.best");

  /** Copies the lists. */
  RecipeAmendment {
    differences = List.copyOf(differences);
    unrepeatable = List.copyOf(unrepeatable);
  }

  /**
   * Changes the recipe of a run.
   *
   * @param scan the checkpoint to resume from
   * @param changes in the order in which the user gave them
   * @throws RecipeException if a change does not fit the recipe at that step
   * @throws RunException if the changes conflict with a later scheduled change, or with one that
   *     already took effect
   */
  static RecipeAmendment of(
      Recipes recipes, RunFolder folder, CheckpointScan scan, List<Change> changes)
      throws IOException {
    AmendmentBuilder builder = new AmendmentBuilder(recipes, folder, scan, changes);
    return scan.newest().isPresent() ? builder.fromCheckpoint() : builder.fromFirstStep();
  }

  private record AmendmentBuilder(
      Recipes recipes, RunFolder folder, CheckpointScan scan, List<Change> changes) {

    private ComposedRecipe compose(List<Change> with) {
      return recipes.compose(folder.recipe().toString(), with);
    }

    private String recorded() throws IOException {
      return TextFiles.read(folder.recipe());
    }

    /** Amends a run without a checkpoint: all changes apply from the first step. */
    private RecipeAmendment fromFirstStep() throws IOException {
      ComposedRecipe before = compose(List.of());
      ComposedRecipe composed = changes.isEmpty() ? before : compose(changes);
      if (changes.stream().anyMatch(AmendmentBuilder::setsSteps)) {
        List<ScheduledChange> others = withoutSteps(composed.schedule(), 0);
        if (!others.equals(composed.schedule())) {
          composed = composed.withChanges(List.of(ScheduledChange.replaceSchedule(others)));
        }
      }
      return new RecipeAmendment(
          composed,
          composed.totalSteps(),
          before.totalSteps(),
          RecipeDifference.between(recorded(), composed.yaml()),
          List.of());
    }

    private RecipeAmendment fromCheckpoint() throws IOException {
      long step = scan.step();
      List<Change> fixed = changes.stream().filter(c -> !ScheduledChange.isSchedulable(c)).toList();
      ComposedRecipe base = compose(fixed);
      int done = Math.min(scan.health().scheduledDone(), base.schedule().size());
      requireSamePast(base, done, step);
      List<ScheduledChange> schedule = new ArrayList<>(base.schedule());
      List<Change> current = new ArrayList<>(scan.changes());
      int index = done;
      while (index < schedule.size() && schedule.get(index).after() <= step) {
        current.add(schedule.get(index++).change());
      }
      ComposedRecipe before = base.withChanges(current);
      ComposedRecipe after = before;
      List<ScheduledChange> added = new ArrayList<>();
      for (Change change : changes) {
        if (ScheduledChange.isSchedulable(change)) {
          current.add(change);
          ComposedRecipe next = base.withChanges(current);
          if (!setsSteps(change) && !next.yaml().equals(after.yaml())) {
            added.add(new ScheduledChange(step, change));
          }
          after = next;
        }
      }
      long recordedSteps = base.totalSteps();
      boolean setsSteps = changes.stream().anyMatch(AmendmentBuilder::setsSteps);
      long steps = setsSteps ? after.settings().steps() : recordedSteps;
      schedule.addAll(index, added);
      if (steps != recordedSteps && steps > step) {
        schedule = withoutSteps(schedule, done);
        int end = (int) schedule.stream().takeWhile(s -> s.after() <= step).count();
        schedule.add(Math.max(done, end), ScheduledChange.steps(step, steps));
      }
      List<RecipeDifference> differences =
          new ArrayList<>(RecipeDifference.between(recorded(), base.yaml()));
      RecipeDifference.between(before.yaml(), after.yaml()).stream()
          .filter(d -> !d.path().equals(ScheduledChange.STEPS))
          .forEach(differences::add);
      if (steps != recordedSteps) {
        differences.add(
            new RecipeDifference(
                ScheduledChange.STEPS,
                Optional.of(Long.toString(recordedSteps)),
                Optional.of(Long.toString(steps))));
      }
      return new RecipeAmendment(
          schedule.equals(base.schedule()) ? base : withSchedule(fixed, schedule),
          steps,
          recordedSteps,
          differences,
          fixed.isEmpty() ? List.of() : unrepeatable(base));
    }

    private ComposedRecipe withSchedule(List<Change> fixed, List<ScheduledChange> schedule) {
      List<Change> all = new ArrayList<>(fixed);
      all.add(ScheduledChange.replaceSchedule(schedule));
      try {
        return compose(all);
      } catch (RecipeException e) {
        // The changes fit the recipe at the checkpoint, so they conflict with a later change.
        throw new RunException(
            "the run %s cannot be resumed with these changes, because a later change in its recipe does not fit them: %s"
                .formatted(folder.path(), e.problems().get(0).message()),
            e);
      }
    }

    /** Requires that a new schedule does not differ in changes that already took effect. */
    private void requireSamePast(ComposedRecipe base, int done, long step) {
      if (changes.stream().noneMatch(c -> c.path().startsWith(ScheduledChange.KEY))) {
        return;
      }
      List<ScheduledChange> planned = compose(List.of()).schedule();
      boolean same =
          done <= planned.size()
              && base.schedule().subList(0, done).equals(planned.subList(0, done))
              && base.schedule().stream().skip(done).allMatch(s -> s.after() >= step);
      if (!same) {
        throw new RunException(
            "the run %s has done %d steps, so its recipe can schedule changes only after step %d or later"
                .formatted(folder.path(), step, step));
      }
    }

    private List<RecipeDifference> unrepeatable(ComposedRecipe base) throws IOException {
      return RecipeDifference.affectingResults(recorded(), base.yaml()).stream()
          .filter(d -> !d.isVersionOnly())
          .filter(d -> !d.path().startsWith(ScheduledChange.KEY))
          .filter(d -> EVALUATION_PATHS.stream().noneMatch(path -> isWithin(d.path(), path)))
          .toList();
    }

    private static boolean isWithin(String path, String ancestor) {
      return path.matches(Pattern.quote(ancestor) + "([.\\[].*)?");
    }

    private static boolean setsSteps(Change change) {
      return change.path().equals(ScheduledChange.STEPS);
    }

    /** The schedule without the changes of the number of steps from an index on. */
    private static List<ScheduledChange> withoutSteps(List<ScheduledChange> schedule, int from) {
      List<ScheduledChange> others = new ArrayList<>(schedule);
      others
          .subList(Math.min(from, others.size()), others.size())
          .removeIf(s -> s.steps().isPresent());
      return others;
    }
  }
}
