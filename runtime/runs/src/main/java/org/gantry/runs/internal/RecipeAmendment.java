package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RecipeDifference;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.CheckpointStore.Checkpoint;
import org.gantry.runs.internal.CheckpointStore.CheckpointScan;

/**
 * What becomes of a run's recipe when the run is continued with changes. What can change while a
 * recipe trains is planned for the step of the checkpoint, so that the recipe, trained anew,
 * repeats the run; what is only written down, kept or looked at is changed as if it had always been
 * so. The rest is changed like that, too, but then the recipe repeats the run no more, and says so.
 *
 * @param composed the recipe from now on
 * @param steps how many steps the run has in all
 * @param recordedSteps how many it had so far
 * @param differences from what was trained up to here
 * @param unrepeatable those of them that the recipe cannot say of a step
 */
public record RecipeAmendment(
    ComposedRecipe composed,
    long steps,
    long recordedSteps,
    List<RecipeDifference> differences,
    List<RecipeDifference> unrepeatable) {

  /** Paths of a recipe that move no weight, besides those that no figure depends on either. */
  private static final List<String> OF_FIGURES =
      List.of("metrics", "sampler", "train.evaluate", "train.keep-best", "train.best");

  /** Copies the lists. */
  public RecipeAmendment {
    differences = List.copyOf(differences);
    unrepeatable = List.copyOf(unrepeatable);
  }

  /**
   * Changes a run's recipe.
   *
   * @param found where the run goes on
   * @param changes as they were asked for, in order
   * @throws RecipeException if one does not fit what is trained at that step
   * @throws RunException if what the recipe plans for later does not fit any more, or what lies
   *     behind is planned anew
   */
  public static RecipeAmendment of(
      Recipes recipes, RunFolder folder, CheckpointScan found, List<Change> changes)
      throws IOException {
    AmendmentBuilder amending = new AmendmentBuilder(recipes, folder, found, changes);
    return found.newest().isPresent() ? amending.fromHereOn() : amending.fromTheStart();
  }

  private record AmendmentBuilder(
      Recipes recipes, RunFolder folder, CheckpointScan found, List<Change> changes) {

    private ComposedRecipe compose(List<Change> with) {
      return recipes.compose(folder.recipe().toString(), with);
    }

    private String recorded() throws IOException {
      return Files.readString(folder.recipe());
    }

    /** Nothing lies behind that would have to be repeated. */
    private RecipeAmendment fromTheStart() throws IOException {
      ComposedRecipe before = compose(List.of());
      ComposedRecipe composed = changes.isEmpty() ? before : compose(changes);
      if (changes.stream().anyMatch(AmendmentBuilder::ofSteps)) {
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

    private RecipeAmendment fromHereOn() throws IOException {
      long step = found.newest().map(Checkpoint::step).orElseThrow();
      List<Change> fixed = changes.stream().filter(c -> !ScheduledChange.isSchedulable(c)).toList();
      ComposedRecipe base = compose(fixed);
      int made = Math.min(found.health().scheduledDone(), base.schedule().size());
      requireSamePast(base, made, step);
      List<ScheduledChange> schedule = new ArrayList<>(base.schedule());
      List<Change> now = new ArrayList<>(found.changes());
      int place = made;
      while (place < schedule.size() && schedule.get(place).after() <= step) {
        now.add(schedule.get(place++).change());
      }
      ComposedRecipe before = base.withChanges(now);
      ComposedRecipe after = before;
      List<ScheduledChange> added = new ArrayList<>();
      for (Change change : changes) {
        if (ScheduledChange.isSchedulable(change)) {
          now.add(change);
          ComposedRecipe next = base.withChanges(now);
          if (!ofSteps(change) && !next.yaml().equals(after.yaml())) {
            added.add(new ScheduledChange(step, change));
          }
          after = next;
        }
      }
      long recordedSteps = base.totalSteps();
      boolean stepsAsked = changes.stream().anyMatch(AmendmentBuilder::ofSteps);
      long steps = stepsAsked ? after.settings().steps() : recordedSteps;
      schedule.addAll(place, added);
      if (steps != recordedSteps && steps > step) {
        schedule = withoutSteps(schedule, made);
        int end = (int) schedule.stream().takeWhile(s -> s.after() <= step).count();
        schedule.add(Math.max(made, end), ScheduledChange.steps(step, steps));
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
          schedule.equals(base.schedule()) ? base : planned(fixed, schedule),
          steps,
          recordedSteps,
          differences,
          fixed.isEmpty() ? List.of() : unrepeatable(base));
    }

    private ComposedRecipe planned(List<Change> fixed, List<ScheduledChange> schedule) {
      List<Change> all = new ArrayList<>(fixed);
      all.add(ScheduledChange.replaceSchedule(schedule));
      try {
        return compose(all);
      } catch (RecipeException e) {
        // The changes fit what is trained now, so it is something later that does not.
        throw new RunException(
            "the run %s cannot be continued with these changes, for what its recipe changes later does not fit them: %s"
                .formatted(folder.path(), e.problems().get(0).message()),
            e);
      }
    }

    /** What lies behind is not planned anew, for nobody would make it so. */
    private void requireSamePast(ComposedRecipe base, int made, long step) {
      if (changes.stream().noneMatch(c -> c.path().startsWith(ScheduledChange.KEY))) {
        return;
      }
      List<ScheduledChange> planned = compose(List.of()).schedule();
      boolean same =
          made <= planned.size()
              && base.schedule().subList(0, made).equals(planned.subList(0, made))
              && base.schedule().stream().skip(made).allMatch(s -> s.after() >= step);
      if (!same) {
        throw new RunException(
            "the run %s has done %d steps, so that its recipe can only plan changes after step %d or later"
                .formatted(folder.path(), step, step));
      }
    }

    private List<RecipeDifference> unrepeatable(ComposedRecipe base) throws IOException {
      return RecipeDifference.affectingResults(recorded(), base.yaml()).stream()
          .filter(d -> !d.isVersionOnly())
          .filter(d -> !d.path().startsWith(ScheduledChange.KEY))
          .filter(d -> OF_FIGURES.stream().noneMatch(figures -> lies(d.path(), figures)))
          .toList();
    }

    private static boolean lies(String path, String below) {
      return path.matches(Pattern.quote(below) + "([.\\[].*)?");
    }

    private static boolean ofSteps(Change change) {
      return change.path().equals(ScheduledChange.STEPS);
    }

    /** All but the numbers of steps that are planned from a place in the schedule on. */
    private static List<ScheduledChange> withoutSteps(List<ScheduledChange> schedule, int from) {
      List<ScheduledChange> others = new ArrayList<>(schedule);
      others
          .subList(Math.min(from, others.size()), others.size())
          .removeIf(s -> s.steps().isPresent());
      return others;
    }
  }
}
