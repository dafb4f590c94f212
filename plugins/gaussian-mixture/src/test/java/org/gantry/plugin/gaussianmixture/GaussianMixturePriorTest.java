package org.gantry.plugin.gaussianmixture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class GaussianMixturePriorTest {

  private static final int SIZE = 3;

  @Test
  void aCodeHasTheGivenSize() {
    assertEquals(new Shape(SIZE), prior(6, 0).shape());
  }

  @Test
  void withoutDeviationCodesAreTheCentresEquallyOften() {
    float[] draws = draw(prior(5, 0), 1, 50_000);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < draws.length; i += SIZE) {
      // Adding 0 turns -0 into 0.
      counts.merge(
          "%.0f %.0f %.0f".formatted(draws[i] + 0f, draws[i + 1] + 0f, draws[i + 2] + 0f),
          1,
          Integer::sum);
    }

    assertEquals(Set.of("4 0 0", "-4 0 0", "0 4 0", "0 -4 0", "0 0 4"), counts.keySet());
    counts.values().forEach(count -> assertEquals(10_000, count, 400));
  }

  @Test
  void codesSpreadAroundTheirCentreByTheDeviation() {
    float[] draws = draw(prior(1, 0.5), 2, 100_000);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws.length; i += SIZE) {
      sum += draws[i] - 4;
      squares += draws[i + 1] * draws[i + 1];
    }

    assertEquals(0, sum / 100_000, 0.01);
    assertEquals(0.25, squares / 100_000, 0.005);
  }

  @Test
  void theSameSeedGivesTheSameCodes() {
    assertArrayEquals(draw(prior(6, 1), 5, 40), draw(prior(6, 1), 5, 40));
  }

  @Test
  void tooManyClustersAreRefusedWithTheSmallestSufficientSize() {
    UnusableComponentException refusal =
        assertThrows(UnusableComponentException.class, () -> prior(7, 1));

    assertTrue(refusal.getMessage().contains("set size to at least 4"), refusal.getMessage());
  }

  private static GaussianMixturePrior prior(int clusters, double deviation) {
    return new GaussianMixturePrior(new GaussianMixturePrior.Options(SIZE, clusters, 4, deviation));
  }

  private static float[] draw(GaussianMixturePrior prior, long seed, int codes) {
    FloatBuffer buffer = FloatBuffer.allocate(codes * SIZE);
    prior.draw(new RandomStreams(seed).at("z"), buffer);
    return buffer.array();
  }
}
