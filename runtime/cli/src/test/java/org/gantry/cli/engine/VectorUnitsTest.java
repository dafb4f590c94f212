package org.gantry.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class VectorUnitsTest {

  @Test
  void instructionsAreFoundWhereverLinuxListsThem() {
    assertEquals(
        List.of("avx2", "fma", "avx512_bf16"),
        VectorUnits.in("processor : 0\nflags\t\t: sse fma avx2 avx512_bf16\nbugs : none\n"));
    assertEquals(List.of("asimd", "bf16"), VectorUnits.in("Features\t: fp asimd bf16\n"));
  }

  @Test
  void otherDescriptionsListNone() {
    assertEquals(List.of(), VectorUnits.in("model name : avx2\n"));
  }
}
