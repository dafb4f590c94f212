package org.gantry.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gantry.tensor.ProcessorFeatures;
import org.junit.jupiter.api.Test;

final class VectorUnitsTest {

  private static List<String> of(String... lines) {
    return VectorUnits.in(ProcessorFeatures.of(List.of(lines)));
  }

  @Test
  void instructionsAreFoundWhereverLinuxListsThem() {
    assertEquals(
        List.of("avx2", "fma", "avx512_bf16"),
        of("processor : 0", "flags\t\t: sse fma avx2 avx512_bf16", "bugs : none"));
    assertEquals(List.of("asimd", "bf16"), of("Features\t: fp asimd bf16"));
  }

  @Test
  void otherDescriptionsListNone() {
    assertEquals(List.of(), of("model name : avx2"));
  }
}
