package org.gantry.runs.internal;

import org.gantry.recipes.Composed;
import org.gantry.training.Plan;

/** How many threads the engine should compute with. */
public final class EngineThreads {

  /** Below this much work in a batch, handing it out costs more than a second core brings. */
  static final long WORTH_SHARING = 200_000_000;

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
