package org.gantry.runs.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gantry.training.Origin;
import org.gantry.training.Plan;
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

  private static Plan plan(long flops) {
    Origin origin = new Origin("generator", "mlp", "1.0.0", "org.a", List.of(), List.of(), "");
    return new Plan(
        List.of(),
        List.of(
            new Plan.NetworkPlan("generator", "generator", origin, 10, 100),
            new Plan.NetworkPlan("discriminator", "discriminator", origin, 10, flops)));
  }
}
