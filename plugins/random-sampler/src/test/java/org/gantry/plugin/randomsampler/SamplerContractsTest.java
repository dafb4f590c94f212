package org.gantry.plugin.randomsampler;

import java.util.List;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Nested;

/** The contracts of both samplers. */
final class SamplerContractsTest {

  @Nested
  @TensorTest
  final class Random implements ComponentContract {

    @Override
    public Object createComponent() {
      return new RandomSampler(new RandomSampler.Options(1));
    }
  }

  @Nested
  @TensorTest
  final class Interpolation implements ComponentContract {

    @Override
    public Object createComponent() {
      return new InterpolationSampler(
          new InterpolationSampler.Options(10, 1, List.of(), false, false));
    }
  }
}
