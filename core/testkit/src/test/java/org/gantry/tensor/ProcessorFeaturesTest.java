package org.gantry.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessorFeaturesTest {

  @ParameterizedTest
  @ValueSource(strings = {"avx512_bf16", "amx_bf16"})
  void aProcessorWithInstructionsForBf16MultipliesIt(String flag) {
    ProcessorFeatures features =
        ProcessorFeatures.of(
            List.of("processor\t: 0", "flags\t\t: fpu avx2 " + flag + " sse", "flags\t: fpu"));

    assertTrue(features.multipliesHalfFloats());
  }

  @Test
  void otherInstructionsDoNotMultiplyBf16() {
    assertFalse(
        ProcessorFeatures.of(List.of("flags\t: avx512f avx512bw amx_int8")).multipliesHalfFloats());
  }

  @Test
  void aLimitToOlderInstructionsTakesTheNewerAway() {
    ProcessorFeatures features =
        ProcessorFeatures.of(List.of("flags\t: avx2 avx512f avx512_bf16 amx_bf16"));

    assertEquals(Set.of("avx2"), features.limitedTo("avx2").flags());
    assertEquals(Set.of(), features.limitedTo("SSE41").flags());
    assertEquals(features, features.limitedTo("AVX512_CORE_BF16"));
    assertEquals(features, features.limitedTo(null));
  }

  @Test
  void aSystemThatReportsNothingHasNoFeatures() {
    assertEquals(Set.of(), ProcessorFeatures.of(List.of("model name : avx2")).flags());
    assertEquals(
        Set.of("fp", "asimd"), ProcessorFeatures.of(List.of("Features\t: fp asimd fp")).flags());
  }

  @Test
  void onlyProcessorsAndCudaAreFastWithBf16() {
    assertFalse(new ComputeDevice("mps").isFastWith(FloatPrecision.BF16));
    assertTrue(new ComputeDevice("mps").isFastWith(FloatPrecision.FLOAT32));
    assertTrue(new ComputeDevice("cuda:0").isFastWith(FloatPrecision.BF16));
  }
}
