package org.gantry.runs;

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
import org.gantry.runs.internal.LiveRequests;

/**
 * A change of a training that is under way, asked for from any process and made at the end of the
 * step that it is in. It becomes part of the run's recipe, which has it take effect after that
 * step, so that the run is continued and repeated with it.
 *
 * @param step the steps that were done before it
 * @param changes as they were made, with every option
 * @param notTransferred what the training could not carry over, as clauses; empty if it did with
 *     all
 */
public record LiveChange(long step, List<Change> changes, List<String> notTransferred) {

  private static final long GLANCE_MILLIS = 20;

  /** Copies the lists. */
  public LiveChange {
    changes = List.copyOf(changes);
    notTransferred = List.copyOf(notTransferred);
  }

  /**
   * Asks for changes, all or none, and waits for the answer.
   *
   * @param giveUp asked while waiting
   * @return empty if it was given up before the training had taken notice
   * @throws RunException if the folder is no run's, no training is at work in it, or the training
   *     ends before it has answered
   * @throws RecipeException if the training refuses, with its reasons
   */
  public static Optional<LiveChange> request(
      Path run, List<Change> changes, BooleanSupplier giveUp) {
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
              "no training is at work in "
                  + run
                  + ", or it ended without an answer; the run's history tells what it did");
        } else if (answer.isEmpty() && giveUp.getAsBoolean() && requests.withdraw(id)) {
          return Optional.empty();
        }
        TimeUnit.MILLISECONDS.sleep(answer.isEmpty() ? GLANCE_MILLIS : 0);
      }
      return Optional.of(read(answer.get()));
    } catch (IOException e) {
      throw new RunException("cannot ask the training in " + run + ": " + ErrorText.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while waiting for the training in " + run, e);
    }
  }

  private static LiveChange read(JsonNode answer) {
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
    List<String> anew = new ArrayList<>();
    answer.path("anew").forEach(clause -> anew.add(clause.asText()));
    return new LiveChange(
        answer.path("step").asLong(), LiveRequests.changes(answer.path("changes")), anew);
  }
}
