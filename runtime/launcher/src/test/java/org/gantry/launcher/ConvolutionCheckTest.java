package org.gantry.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import org.gantry.host.EngineStartException;
import org.junit.jupiter.api.Test;

class ConvolutionCheckTest {

  @Test
  void theEngineOfTheTestsConvolvesRightly() {
    assertDoesNotThrow(() -> ConvolutionCheck.require(Engine.getEngine("PyTorch")));
  }

  @Test
  void aWrongSumIsRefusedWithTheVariableThatHelps() {
    EngineStartException refused =
        assertThrows(EngineStartException.class, () -> ConvolutionCheck.requireRight(0));

    assertEquals(
        "Set the environment variable ONEDNN_MAX_CPU_ISA to SSE41, and start again.",
        refused.fix());
  }
}
