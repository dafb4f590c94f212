package org.gantry.runs.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.gantry.host.support.ErrorText;
import org.gantry.recipes.Recipes.Change;
import org.gantry.recipes.text.InputProblem;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.runs.internal.store.HistoryLines;
import org.gantry.runs.internal.store.LiveRequests;

/**
 * A change of a running training that another process requested. It took effect after the step in
 * which it was requested. The recipe of the run schedules it for that step, so the run is resumed
 * and repeated with it.
 *
 * @param step the number of steps before it
 * @param changes the changes, with every option
 * @param notTransferred what the training could not keep, as clauses; empty if it kept everything
 */
public record LiveChange(long step, List<Change> changes, List<String> notTransferred) {

  private static final long POLL_MILLIS = 20;

  /** Copies the lists. */
  public LiveChange {
    changes = List.copyOf(changes);
    notTransferred = List.copyOf(notTransferred);
  }

  /**
   * Requests changes of a running training and waits for the answer. Either all take effect or
   * none.
   *
   * @param cancelled polled while waiting
   * @return empty if the request was cancelled before the training took it
   * @throws RunException if the folder is not the folder of a run, it has no running training, or
   *     the training ends before it answers
   * @throws RecipeException if the training refuses the changes, with its reasons
   */
  public static Optional<LiveChange> request(
      Path run, List<Change> changes, BooleanSupplier cancelled) {
    RunFolder folder = RunFolder.open(run);
    LiveRequests requests = LiveRequests.of(run);
    try {
      String id = requests.submit(changes);
      Optional<JsonNode> answer = Optional.empty();
      while (answer.isEmpty()) {
        boolean training = folder.inUse();
        answer = requests.answer(id);
        if (answer.isEmpty() && !training) {
          requests.withdraw(id);
          throw new RunException(
              "%s has no running training, or it ended without an answer; see the history of the run"
                  .formatted(run));
        } else if (answer.isEmpty() && cancelled.getAsBoolean() && requests.withdraw(id)) {
          return Optional.empty();
        }
        TimeUnit.MILLISECONDS.sleep(answer.isEmpty() ? POLL_MILLIS : 0);
      }
      return Optional.of(fromJson(answer.get()));
    } catch (IOException e) {
      throw new RunException(
          "cannot send a request to the training in " + run + ": " + ErrorText.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while waiting for the training in " + run, e);
    }
  }

  private static LiveChange fromJson(JsonNode answer) {
    List<InputProblem> problems = new ArrayList<>();
    for (JsonNode p : answer.path("problems")) {
      problems.add(
          new InputProblem(
              p.path("where").asText(),
              p.path("message").asText(),
              p.path("expected").asText(),
              p.path("fix").asText()));
    }
    if (!problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    List<String> notTransferred = new ArrayList<>();
    answer.path("notTransferred").forEach(clause -> notTransferred.add(clause.asText()));
    return new LiveChange(
        answer.path("step").asLong(), HistoryLines.changes(answer.path("changes")), notTransferred);
  }
}
