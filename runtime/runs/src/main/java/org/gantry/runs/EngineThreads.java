package org.gantry.runs;

import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.training.NetworkSize;

/** Chooses the number of threads of the engine. Another number of threads gives other bits. */
public final class EngineThreads {

  /**
   * The smallest cost of a network on one batch, in floating-point operations, at which a second
   * core pays off. Measured with two layers of equal width on two cores: a step on two threads took
   * 0.8 of the time at 18 million, 0.6 at 70 million and 0.55 at 270 million. When another process
   * used the cores, a step of 2 million took fifty times as long as on one thread.
   */
  static final long MIN_PARALLEL_FLOPS = 50_000_000;

  private EngineThreads() {}

  /** The number of threads for a new run on this machine. */
  public static int forNewRun(ComposedRecipe composed) {
    int set = composed.settings().threads();
    return set > 0
        ? set
        : forSizes(composed.graph().networkSizes(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * The number of threads for a recorded run: what its recipe sets, or what it was trained with.
   */
  public static int forRecordedRun(TrainSettings settings, RunEnvironment recorded) {
    return settings.threads() > 0 ? settings.threads() : recorded.threads();
  }

  /**
   * The number of threads for networks.
   *
   * @param sizes the sizes of the networks
   * @param cores the number of cores of the machine
   */
  static int forSizes(List<NetworkSize> sizes, int cores) {
    long largest = sizes.stream().mapToLong(NetworkSize::flops).max().orElse(0);
    return largest < MIN_PARALLEL_FLOPS ? 1 : cores;
  }
}
