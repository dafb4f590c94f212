package org.gantry.runs.internal.store;

import org.gantry.recipes.EarlyStopping;
import org.gantry.recipes.TrainSettings.BestDirection;

/**
 * How a figure that can stop a training got better.
 *
 * @param best its best value so far; NaN before the first
 * @param stalled the evaluations since then, which were not better
 */
public record FigureProgress(double best, int stalled) {

  /** The progress before the first evaluation. */
  public static final FigureProgress NONE = new FigureProgress(Double.NaN, 0);

  /** The progress after one more evaluation. */
  public FigureProgress with(double value, EarlyStopping rule) {
    boolean better =
        Double.isFinite(value)
            && (Double.isNaN(best)
                || (rule.best() == BestDirection.LOWEST ? value < best : value > best));
    return better ? new FigureProgress(value, 0) : new FigureProgress(best, stalled + 1);
  }

  /** Whether the patience of a rule is over. */
  public boolean isExhausted(EarlyStopping rule) {
    return rule.isSet() && stalled >= rule.patience();
  }

  /** Why a training stops, as a sentence. */
  public String reason(EarlyStopping rule, long step) {
    return Double.isNaN(best)
        ? "stopped early at step %d: %s has had no finite value in %d evaluations"
            .formatted(step, rule.figure(), stalled)
        : "stopped early at step %d: %s has not been %s than %s for %d evaluations"
            .formatted(
                step,
                rule.figure(),
                rule.best() == BestDirection.LOWEST ? "lower" : "higher",
                Float.toString((float) best).replaceFirst("\\.0$", ""),
                stalled);
  }
}
