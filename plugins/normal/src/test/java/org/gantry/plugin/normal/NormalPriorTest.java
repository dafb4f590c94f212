package org.gantry.plugin.normal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import org.gantry.tensor.RandomStreams;
import org.junit.jupiter.api.Test;

final class NormalPriorTest {

  private final NormalPrior prior = new NormalPrior(new NormalPrior.Options(64));

  @Test
  void aCodeHasTheGivenSize() {
    assertEquals(new Shape(64), prior.shape());
  }

  @Test
  void drawsHaveTheMomentsOfTheStandardNormal() {
    float[] draws = draw(1, 1_000_000);

    assertEquals(0, moment(draws, 1), 0.005);
    assertEquals(1, moment(draws, 2), 0.01);
    assertEquals(0, moment(draws, 3), 0.02);
    assertEquals(3, moment(draws, 4), 0.06);
  }

  @Test
  void theSameSeedGivesTheSameCodes() {
    assertArrayEquals(draw(5, 128), draw(5, 128));
  }

  @Test
  void onlyTheRemainingBufferIsFilled() {
    FloatBuffer buffer = FloatBuffer.allocate(4);
    buffer.position(1).limit(3);

    prior.draw(new RandomStreams(1).at("z"), buffer);

    assertEquals(0, buffer.get(0));
    assertEquals(0, buffer.array()[3]);
    assertEquals(0, buffer.remaining());
  }

  private float[] draw(long seed, int count) {
    FloatBuffer buffer = FloatBuffer.allocate(count);
    prior.draw(new RandomStreams(seed).at("z"), buffer);
    return buffer.array();
  }

  private static double moment(float[] draws, int order) {
    double sum = 0;
    for (float draw : draws) {
      sum += Math.pow(draw, order);
    }
    return sum / draws.length;
  }
}
