package org.gantry.runs.internal.store;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.store.CheckpointStore.Checkpoint;

/**
 * Selects the best checkpoint: the one with the lowest, or the highest, mean of a reported value
 * over the steps since the checkpoint before it. Only scheduled checkpoints qualify, so an
 * interrupted training has the same best checkpoint as an uninterrupted one.
 *
 * @param value the name of the value, such as {@code convergence}
 * @param extreme whether the lowest or the highest mean is best
 * @param every the interval of scheduled checkpoints, in steps
 */
public record BestCheckpoint(String value, BestDirection extreme, long every) {

  /**
   * A running mean.
   *
   * @param sum the sum of the values
   * @param count the number of values
   */
  public record ReportedMean(double sum, long count) {

    /** The mean of no values. */
    public static final ReportedMean EMPTY = new ReportedMean(0, 0);

    /** The mean with one more value. */
    public ReportedMean with(double value) {
      return new ReportedMean(sum + value, count + 1);
    }

    double value() {
      return sum / count;
    }
  }

  /** The selection that a recipe sets; empty if it sets none. */
  public static Optional<BestCheckpoint> of(TrainSettings settings) {
    return settings.keepBest().isEmpty() || settings.checkpointEvery() == 0
        ? Optional.empty()
        : Optional.of(
            new BestCheckpoint(settings.keepBest(), settings.best(), settings.checkpointEvery()));
  }

  /** Whether a checkpoint of a step is scheduled, so that the next mean begins after it. */
  public boolean isScheduled(long step) {
    return step % every == 0;
  }

  /** Whether the value is among those of a step, rather than a figure of an evaluation. */
  public boolean isIn(Map<String, Double> reported) {
    return reported.containsKey(value);
  }

  /**
   * The value to average.
   *
   * @throws RunException if the training does not report it, with the names that it reports
   */
  public double valueIn(Map<String, Double> reported) {
    Double number = reported.get(value);
    if (number == null) {
      throw new RunException(
          "train.keep-best names %s, which this training does not report; it reports %s"
              .formatted(value, String.join(", ", reported.keySet())));
    }
    return number;
  }

  /** The best of the checkpoints with a finite mean; the earliest of equals. */
  Optional<Checkpoint> find(Collection<Checkpoint> checkpoints) {
    Checkpoint best = null;
    double lowest = Double.POSITIVE_INFINITY;
    for (Checkpoint checkpoint : checkpoints) {
      if (!isScheduled(checkpoint.step())) {
        continue;
      }
      double mean = mean(checkpoint);
      double cost = extreme == BestDirection.LOWEST ? mean : -mean;
      if (Double.isFinite(cost) && cost < lowest) {
        best = checkpoint;
        lowest = cost;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double mean(Checkpoint checkpoint) {
    try {
      return TrainingHealth.read(checkpoint.path()).mean().value();
    } catch (IOException damaged) {
      // The damage is reported when the checkpoint is used.
      return Double.NaN;
    }
  }
}
