package org.gantry.training;

/**
 * How a session trains with others.
 *
 * @param group the workers
 * @param strategy what they exchange
 * @param interval the number of steps between two averages or two swaps of discriminators, at least
 *     1; without a meaning for {@link WorkerStrategy#ALL_REDUCE}
 */
public record WorkerPlan(WorkerGroup group, WorkerStrategy strategy, int interval) {

  /** The plan of a training that has one worker. */
  public static final WorkerPlan SINGLE =
      new WorkerPlan(WorkerGroup.SINGLE, WorkerStrategy.ALL_REDUCE, 1);

  /** Checks the interval. */
  public WorkerPlan {
    if (interval < 1) {
      throw new IllegalArgumentException("the interval of workers must be at least 1");
    }
  }

  /** Whether the training has one worker. */
  public boolean isSingle() {
    return group.size() == 1;
  }

  /**
   * Whether all workers have the same generators after a step.
   *
   * @param step the number of the step, from 1
   * @param steps the number of the last step, which always ends with an average
   */
  public boolean isAligned(long step, long steps) {
    return strategy != WorkerStrategy.AVERAGING || step % interval == 0 || step == steps;
  }
}
