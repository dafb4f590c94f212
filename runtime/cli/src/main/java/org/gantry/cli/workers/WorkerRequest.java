package org.gantry.cli.workers;

import java.util.List;
import java.util.Map;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.Recipes.Change;
import org.gantry.training.WorkerStrategy;

/**
 * How the user wants a run to be trained by several workers.
 *
 * @param cluster where: {@code spark://HOST:PORT}, {@code local-cluster[N,CORES,MB]} or {@code
 *     local[N]}
 * @param workers the number of workers
 * @param strategy what they exchange
 * @param interval the number of steps between two averages or swaps
 * @param limitSeconds after how long a worker that does not answer counts as lost
 * @param ships whether to send the installation to the workers
 * @param settings of Spark, by key
 */
public record WorkerRequest(
    String cluster,
    int workers,
    WorkerStrategy strategy,
    int interval,
    long limitSeconds,
    boolean ships,
    Map<String, String> settings) {

  /** At most so many steps are lost with a worker, unless the interval is longer. */
  static final int ROUND = 50;

  private static final String CHECKPOINTS = "train.checkpoint-every";

  /**
   * Lets the training write a checkpoint after each round, because a lost worker takes it back to
   * the last one. A round is a whole number of intervals, so that all workers have the same weights
   * at a checkpoint.
   *
   * @return the recipe, with other checkpoints if it writes fewer or between averages
   */
  public ComposedRecipe withCheckpoints(ComposedRecipe composed) {
    long every = composed.settings().checkpointEvery();
    long unit = strategy == WorkerStrategy.AVERAGING ? interval : 1;
    long round = (ROUND + unit - 1) / unit * unit;
    if (every > 0 && every <= round && every % unit == 0) {
      return composed;
    }
    return composed.withChanges(List.of(new Change(CHECKPOINTS, Long.toString(round))));
  }

  /** Whether all workers run on this machine, so that no other machine needs to reach it. */
  boolean isOnThisMachine() {
    return cluster.startsWith("local") || cluster.startsWith("spark://127.");
  }

  /** The workers in words, such as {@code 2 workers on local[2], all-reduce}. */
  public String text() {
    return "%s on %s, %s%s"
        .formatted(
            workers == 1 ? "1 worker" : workers + " workers",
            cluster,
            StrategyNames.of(strategy),
            strategy == WorkerStrategy.ALL_REDUCE ? "" : " every " + interval + " steps");
  }
}
