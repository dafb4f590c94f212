package org.gantry.runs.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.ScheduledChange;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.training.CompositionException;

/**
 * What changes between two steps: as the recipe has planned, and as other processes ask.
 *
 * @param standing of the training
 * @param keeping what it writes
 * @param requests of other processes
 */
record LiveChanges(TrainingState standing, RunWriter keeping, LiveRequests requests) {

  /** Forgets what nobody waits for any more. */
  void discardStale() {
    asked(LiveRequests::discardStale);
  }

  /** Makes the changes that the recipe has for this step, and those that others ask for. */
  void apply(LoopContext course) {
    if (standing.base().isEmpty()) {
      return;
    }
    List<ScheduledChange> schedule = standing.base().get().schedule();
    while (standing.watch().made() < schedule.size()
        && schedule.get(standing.watch().made()).after() == standing.step()) {
      apply(standing.base().get(), schedule.get(standing.watch().made()).change(), course);
    }
    for (LiveRequests.LiveRequest request : asked(LiveRequests::takeAll)) {
      ObjectNode answer = answer(request, course);
      asked(
          all -> {
            all.answer(request, answer);
            return answer;
          });
    }
  }

  /** Makes all that is asked for, or tells what does not fit. */
  private ObjectNode answer(LiveRequests.LiveRequest request, LoopContext course) {
    ComposedRecipe next = standing.base().orElseThrow();
    int place = standing.watch().made();
    try {
      List<Change> all = new ArrayList<>(standing.watch().changes());
      for (Change change : request.changes()) {
        // Before what is still to come, for changes take effect in the recipe's order.
        List<ScheduledChange> schedule = new ArrayList<>(next.schedule());
        schedule.add(place, new ScheduledChange(standing.step(), change));
        next = next.withChanges(List.of(ScheduledChange.replaceSchedule(schedule)));
        all.add(next.schedule().get(place++).change());
        next.withChanges(all);
      }
    } catch (RecipeException e) {
      return RunRecords.refused(e.problems());
    } catch (CompositionException e) {
      return RunRecords.refused(List.of(new InputProblem("", e.getMessage(), "")));
    }
    List<Change> made = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    for (ScheduledChange one : next.schedule().subList(standing.watch().made(), place)) {
      made.add(one.change());
      anew.addAll(apply(next, one.change(), course));
    }
    return RunRecords.changed(standing.step(), made, anew);
  }

  private List<String> apply(ComposedRecipe of, Change change, LoopContext course) {
    List<Change> all = new ArrayList<>(standing.watch().changes());
    all.add(change);
    List<String> anew = course.learner().recompose(of.withChanges(all));
    if (!of.yaml().equals(standing.base().orElseThrow().yaml())) {
      // In the recipe before anything is told of it: a training that is killed makes it again.
      keeping.writeRecipe(of);
      standing.base(of);
    }
    standing.watch().make(change);
    keeping.appendHistory(
        RunRecords.changed(standing.watch().nextEvent(), standing.step(), change, anew));
    course.listener().recipeChanged(standing.step(), change, anew, of);
    return anew;
  }

  private interface RequestAction<T> {
    T of(LiveRequests requests) throws IOException;
  }

  private <T> T asked(RequestAction<T> asking) {
    return CheckedWrite.run("an answer", requests.folder(), folder -> asking.of(requests));
  }
}
