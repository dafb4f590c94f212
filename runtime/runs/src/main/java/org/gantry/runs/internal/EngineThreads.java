package org.gantry.runs.internal;

import org.gantry.recipes.Composed;
import org.gantry.training.Plan;

/** How many threads the engine should compute with. */
public final class EngineThreads {

  /**
   * From so many floating-point operations of one network on one batch, a second core is worth its
   * trouble. Measured with two layers of equal width on two cores: a step on two threads took 0.8
   * of the time at 18 million, 0.6 at 70 million and 0.55 at 270 million; but when another process
   * wanted the cores, too, a step of 2 million took fifty times as long as on one thread.
   */
  static final long WORTH_SHARING = 50_000_000;

  private EngineThreads() {}

  /** The number of threads for a composition on this machine. */
  public static int choose(Composed composed) {
    int wanted = composed.settings().threads();
    return wanted > 0
        ? wanted
        : choose(composed.graph().plan(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * The number of threads for a plan.
   *
   * @param plan tells how much there is to compute
   * @param cores of the machine
   */
  static int choose(Plan plan, int cores) {
    long most = plan.networks().stream().mapToLong(Plan.NetworkPlan::flops).max().orElse(0);
    return most < WORTH_SHARING ? 1 : cores;
  }
}
