package org.gantry.runs.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.StepPlan;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {

  @Test
  void smallNetworksGetOneThread() {
    assertEquals(1, EngineThreads.forNewRun(plan(EngineThreads.WORTH_SHARING - 1), 8));
  }

  @Test
  void largeNetworksGetEveryCore() {
    assertEquals(8, EngineThreads.forNewRun(plan(EngineThreads.WORTH_SHARING), 8));
  }

  private static StepPlan plan(long flops) {
    ComponentOrigin origin =
        new ComponentOrigin("generator", "mlp", "1.0.0", "org.a", List.of(), List.of(), "");
    return new StepPlan(
        List.of(),
        List.of(
            new StepPlan.NetworkSize("generator", "generator", origin, 10, 100),
            new StepPlan.NetworkSize("discriminator", "discriminator", origin, 10, flops)));
  }
}
