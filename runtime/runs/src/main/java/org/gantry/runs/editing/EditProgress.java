package org.gantry.runs.editing;

import java.util.function.Supplier;
import org.gantry.runs.translation.ImagePixels;

/** Follows an edit. */
@FunctionalInterface
public interface EditProgress {

  /** Ignores the progress. */
  EditProgress NONE = (done, total, best) -> {};

  /**
   * Reports a step.
   *
   * @param done the completed steps
   * @param total all steps
   * @param best makes the picture of the best code so far; costs time only if it is called
   */
  void report(long done, long total, Supplier<ImagePixels> best);
}
