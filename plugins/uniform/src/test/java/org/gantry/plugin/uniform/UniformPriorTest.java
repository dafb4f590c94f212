package org.gantry.plugin.uniform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class UniformPriorTest {

  private final UniformPrior prior = new UniformPrior(new UniformPrior.Options(64, -1, 3));

  @Test
  void aCodeHasTheGivenSize() {
    assertEquals(new Shape(64), prior.shape());
  }

  @Test
  void drawsAreUniformInTheInterval() {
    float[] draws = draw(1, 1_000_000);
    int[] quarters = new int[4];
    for (float draw : draws) {
      assertTrue(draw >= -1 && draw < 3, () -> draw + " is outside");
      quarters[(int) (draw + 1)]++;
    }

    for (int quarter : quarters) {
      assertEquals(250_000, quarter, 2_500);
    }
  }

  @Test
  void theSameSeedGivesTheSameCodes() {
    assertArrayEquals(draw(5, 128), draw(5, 128));
  }

  @Test
  void anEmptyOrInfiniteIntervalIsRefused() {
    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> new UniformPrior(new UniformPrior.Options(64, 1, -1)));

    assertEquals(
        "uniform needs finite low < high, but low is 1.0 and high is -1.0", refusal.getMessage());
    assertThrows(
        UnusableComponentException.class,
        () -> new UniformPrior(new UniformPrior.Options(64, 1, 1)));
    assertThrows(
        UnusableComponentException.class,
        () -> new UniformPrior(new UniformPrior.Options(64, 0, 1e300)));
    assertThrows(
        UnusableComponentException.class,
        () -> new UniformPrior(new UniformPrior.Options(64, Double.NaN, 1)));
  }

  private float[] draw(long seed, int count) {
    FloatBuffer buffer = FloatBuffer.allocate(count);
    prior.draw(new RandomStreams(seed).at("z"), buffer);
    return buffer.array();
  }
}
