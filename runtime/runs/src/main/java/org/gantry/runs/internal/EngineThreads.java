package org.gantry.runs.internal;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.TrainSettings;
import org.gantry.training.NetworkSize;

/** How many threads the engine should compute with. Another number gives other bits. */
public final class EngineThreads {

  /**
   * From so many floating-point operations of one network on one batch, a second core is worth its
   * trouble. Measured with two layers of equal width on two cores: a step on two threads took 0.8
   * of the time at 18 million, 0.6 at 70 million and 0.55 at 270 million; but when another process
   * wanted the cores, too, a step of 2 million took fifty times as long as on one thread.
   */
  static final long WORTH_SHARING = 50_000_000;

  private EngineThreads() {}

  /** The number of threads for a new run of a composition on this machine. */
  public static int forNewRun(ComposedRecipe composed) {
    int wanted = composed.settings().threads();
    return wanted > 0
        ? wanted
        : forNewRun(composed.graph().networkSizes(), Runtime.getRuntime().availableProcessors());
  }

  /** The number of threads for a run that was made before: what the recipe says, or the same. */
  public static int forRecordedRun(TrainSettings settings, RunRecords.EngineInfo recorded) {
    return settings.threads() > 0 ? settings.threads() : recorded.threads();
  }

  /**
   * The number of threads for a new run.
   *
   * @param sizes the sizes of its networks
   * @param cores of the machine
   */
  static int forNewRun(List<NetworkSize> sizes, int cores) {
    long most = sizes.stream().mapToLong(NetworkSize::flops).max().orElse(0);
    return most < WORTH_SHARING ? 1 : cores;
  }

  /** The engine of this process. */
  public static RunRecords.EngineInfo engine(int threads) {
    Engine engine = Engine.getInstance();
    return new RunRecords.EngineInfo(engine.getEngineName(), engine.getVersion(), threads);
  }

  /** The record of this process as the place of a run. */
  public static ObjectNode environment(int threads) {
    Engine engine = Engine.getInstance();
    return RunRecords.environment(
        Instant.now(),
        engine.getEngineName(),
        engine.getVersion(),
        Engine.getDjlVersion(),
        threads);
  }
}
