package org.gantry.runs.internal.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.TrainingListener;
import org.gantry.runs.internal.store.CheckedWrite;
import org.gantry.runs.internal.store.HistoryLines;
import org.gantry.runs.internal.store.LiveRequests;
import org.gantry.runs.internal.store.LiveRequests.LiveRequest;
import org.gantry.training.CompositionException;

/** Changes the recipe between two steps, as it schedules and as other processes request. */
record LiveChanges(
    TrainingState state,
    RunWriter writer,
    Learner learner,
    LiveRequests requests,
    TrainingListener listener) {

  /** Discards the requests that no process waits for. */
  void discardStale() {
    CheckedWrite.run("an answer", requests.folder(), requests::discardStale);
  }

  /** Applies the changes that the recipe schedules for this step, then those of requests. */
  void apply() {
    if (state.recipe().isEmpty()) {
      return;
    }
    List<ScheduledChange> schedule = state.recipe().get().schedule();
    while (state.scheduledDone() < schedule.size()
        && schedule.get(state.scheduledDone()).after() == state.step()) {
      apply(state.recipe().get(), schedule.get(state.scheduledDone()).change());
    }
    for (LiveRequest request :
        CheckedWrite.call("an answer", requests.folder(), requests::takeAll)) {
      ObjectNode answer = answer(request);
      CheckedWrite.run("an answer", requests.folder(), () -> requests.answer(request, answer));
    }
  }

  /** Applies all changes of a request, or none and says what does not fit. */
  private ObjectNode answer(LiveRequest request) {
    if (learner.hasOtherWorkers()) {
      return LiveRequests.refused(
          List.of(
              new InputProblem(
                  "",
                  "a training with several workers cannot change while it runs; interrupt it, and resume it with --set and without --on",
                  "")));
    }
    ComposedRecipe next = state.recipe().orElseThrow();
    int index = state.scheduledDone();
    try {
      List<Change> all = state.changes();
      for (Change change : request.changes()) {
        // Before later changes of the schedule, because changes take effect in its order.
        List<ScheduledChange> schedule = new ArrayList<>(next.schedule());
        schedule.add(index, new ScheduledChange(state.step(), change));
        next = next.withChanges(List.of(ScheduledChange.replaceSchedule(schedule)));
        all.add(next.schedule().get(index++).change());
        next.withChanges(all);
      }
    } catch (RecipeException e) {
      return LiveRequests.refused(e.problems());
    } catch (CompositionException e) {
      return LiveRequests.refused(List.of(new InputProblem("", e.getMessage(), "")));
    }
    List<Change> applied = new ArrayList<>();
    List<String> notTransferred = new ArrayList<>();
    for (ScheduledChange one : next.schedule().subList(state.scheduledDone(), index)) {
      applied.add(one.change());
      notTransferred.addAll(apply(next, one.change()));
    }
    return LiveRequests.accepted(state.step(), applied, notTransferred);
  }

  private List<String> apply(ComposedRecipe recipe, Change change) {
    List<Change> all = state.changes();
    all.add(change);
    List<String> notTransferred = learner.recompose(recipe.withChanges(all));
    if (!recipe.yaml().equals(state.recipe().orElseThrow().yaml())) {
      // The recipe is written before the change is reported: a killed training repeats the change.
      writer.writeRecipe(recipe);
      state.setRecipe(recipe);
    }
    state.addScheduled(change);
    writer.appendHistory(
        HistoryLines.changed(state.nextEvent(), state.step(), change, notTransferred));
    listener.recipeChanged(state.step(), change, notTransferred, recipe);
    return notTransferred;
  }
}
