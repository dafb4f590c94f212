package org.gantry.runs.internal;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.TrainSettings;
import org.gantry.recipes.TrainSettings.BestDirection;
import org.gantry.runs.RunException;
import org.gantry.runs.internal.CheckpointStore.Checkpoint;

/**
 * Which checkpoint is best: the one with the lowest, or the highest, mean of a reported value over
 * the steps since the checkpoint before it. Of those alone that a training writes every so many
 * steps: a training that was interrupted has the same best as one that was not.
 *
 * @param value the value's name, such as {@code convergence}
 * @param extreme which end is best
 * @param every after how many steps such a checkpoint is written
 */
public record BestCheckpoint(String value, BestDirection extreme, long every) {

  /**
   * A mean in the making.
   *
   * @param sum of the values
   * @param count of them
   */
  record ReportedMean(double sum, long count) {

    static final ReportedMean EMPTY = new ReportedMean(0, 0);

    ReportedMean with(double value) {
      return new ReportedMean(sum + value, count + 1);
    }

    double value() {
      return sum / count;
    }
  }

  /** What a recipe asks for; empty if it asks for nothing. */
  public static Optional<BestCheckpoint> of(TrainSettings settings) {
    return settings.keepBest().isEmpty() || settings.checkpointEvery() == 0
        ? Optional.empty()
        : Optional.of(
            new BestCheckpoint(settings.keepBest(), settings.best(), settings.checkpointEvery()));
  }

  /** Whether the mean begins anew after a step. */
  boolean isScheduled(long step) {
    return step % every == 0;
  }

  /**
   * The value that counts.
   *
   * @throws RunException if it is not reported, naming what is
   */
  double valueIn(Map<String, Double> reported) {
    Double number = reported.get(value);
    if (number == null) {
      throw new RunException(
          "train.keep-best names %s, which this training does not report; it reports %s"
              .formatted(value, String.join(", ", reported.keySet())));
    }
    return number;
  }

  /** The best of the checkpoints that have a finite mean, the earliest of equals. */
  Optional<Checkpoint> find(Collection<Checkpoint> checkpoints) throws IOException {
    Checkpoint best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Checkpoint checkpoint : checkpoints) {
      if (!isScheduled(checkpoint.step())) {
        continue;
      }
      double mean = mean(checkpoint);
      double cost = extreme == BestDirection.LOWEST ? mean : -mean;
      if (Double.isFinite(cost) && cost < least) {
        best = checkpoint;
        least = cost;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double mean(Checkpoint checkpoint) {
    try {
      return TrainingHealth.read(checkpoint.path()).mean().value();
    } catch (IOException damaged) {
      // That is told by whoever wants to use it.
      return Double.NaN;
    }
  }
}
