package org.gantry.runs.internal.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.EvaluationResult;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;

/** What a training loop trains: the networks and optimizers of a session. */
public interface Learner extends AutoCloseable {

  /** A step diverged: one of its terms is NaN or infinite. */
  final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FailedStep failedStep;

    /** Creates an exception with a sentence for the user and the facts for watchdogs. */
    public DivergenceException(String message, FailedStep failedStep, RuntimeException cause) {
      super(message, cause);
      this.failedStep = failedStep;
    }

    FailedStep failedStep() {
      return failedStep;
    }
  }

  /**
   * Performs a step.
   *
   * @param measureGradients whether to compute the norms of the gradients
   * @return the terms and the watched values
   * @throws DivergenceException if a term is NaN or infinite
   */
  Map<String, Double> step(boolean measureGradients);

  /** The gradient norms of the last step, by player; empty if they were not computed. */
  default Map<String, Double> gradients() {
    return Map.of();
  }

  /**
   * The last step as watchdogs see it.
   *
   * @param gradients the gradient norms, by player
   */
  default StepReport describe(
      long number, Map<String, Double> values, Map<String, Double> gradients) {
    return new StepReport(number, values, Set.of(), gradients, Map.of());
  }

  /** Shows current samples of each network to a consumer; they are valid only during the call. */
  default void showSamples(Consumer<SampleBatch> consumer) {}

  /** Draws a picture of samples of the run's fixed latents. */
  void draw(Path picture) throws IOException;

  /** Evaluates the metrics of the recipe; the training continues as if it had not. */
  default EvaluationResult evaluate(int samples) {
    throw new UnsupportedOperationException();
  }

  /** Whether the training can end here: all of its workers have the same generators. */
  default boolean isAligned() {
    return true;
  }

  /** Whether other workers train with this one, which do not hear of changes. */
  default boolean hasOtherWorkers() {
    return false;
  }

  /** Writes all that is needed to resume into an empty folder. */
  void save(Path folder) throws IOException;

  /**
   * Continues at the current step with another composition.
   *
   * @return what could not be transferred, as clauses
   */
  default List<String> recompose(ComposedRecipe next) {
    throw new UnsupportedOperationException();
  }

  /**
   * Continues from a checkpoint with another composition.
   *
   * @param checkpoint its folder; empty for the first step
   * @param then the composition at the checkpoint
   */
  default void restore(Optional<Path> checkpoint, ComposedRecipe then, ComposedRecipe next)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  void close();
}
