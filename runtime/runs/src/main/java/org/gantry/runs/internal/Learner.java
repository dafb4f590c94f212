package org.gantry.runs.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.watchdog.FailedStep;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;

/** What a training loop moves forward; a session, seen from the loop. */
public interface Learner extends AutoCloseable {

  /** A step could not be done, because a number in it is none. */
  final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FailedStep broken;

    DivergenceException(String sentence, FailedStep broken, RuntimeException cause) {
      super(sentence, cause);
      this.broken = broken;
    }

    FailedStep broken() {
      return broken;
    }
  }

  /**
   * Does a step and returns the terms and the watched values.
   *
   * @param measured whether it is to be known how large its gradients are
   * @throws DivergenceException if a term is no longer finite
   */
  Map<String, Double> step(boolean measured);

  /** How large the gradients of the last step were, by player; empty where that is not known. */
  default Map<String, Double> gradients() {
    return Map.of();
  }

  /**
   * What watchdogs see of the last step.
   *
   * @param gradients by player
   */
  default StepReport seen(long number, Map<String, Double> values, Map<String, Double> gradients) {
    return new StepReport(number, values, Set.of(), gradients, Map.of());
  }

  /** Shows what the networks make right now, one after the other. */
  default void show(Consumer<SampleBatch> looking) {}

  /** Draws what the networks make of the run's fixed codes. */
  void draw(Path picture) throws IOException;

  /** Writes all that is needed to continue into an empty folder. */
  void save(Path folder) throws IOException;

  /**
   * Goes on where it stands, with another composition.
   *
   * @return what could not be carried over, as clauses
   */
  default List<String> recompose(ComposedRecipe next) {
    throw new UnsupportedOperationException();
  }

  /**
   * Goes on from a checkpoint, with another composition.
   *
   * @param checkpoint where to go on; from the first step without one
   * @param then what was trained at the checkpoint
   */
  default void restore(Optional<Path> checkpoint, ComposedRecipe then, ComposedRecipe next)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  void close();
}
