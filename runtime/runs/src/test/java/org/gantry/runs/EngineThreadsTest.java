package org.gantry.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.NetworkSize;
import org.junit.jupiter.api.Test;

class EngineThreadsTest {

  @Test
  void smallNetworksGetOneThread() {
    assertEquals(1, EngineThreads.forSizes(sizes(EngineThreads.MIN_PARALLEL_FLOPS - 1), 8));
  }

  @Test
  void largeNetworksGetEveryCore() {
    assertEquals(8, EngineThreads.forSizes(sizes(EngineThreads.MIN_PARALLEL_FLOPS), 8));
  }

  private static List<NetworkSize> sizes(long flops) {
    ComponentOrigin origin =
        new ComponentOrigin("generator", "mlp", "1.0.0", "org.a", List.of(), List.of(), "");
    return List.of(
        new NetworkSize("generator", "generator", origin, 10, 100),
        new NetworkSize("discriminator", "discriminator", origin, 10, flops));
  }
}
