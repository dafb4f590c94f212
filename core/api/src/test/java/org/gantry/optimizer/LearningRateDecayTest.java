package org.gantry.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LearningRateDecayTest {

  @Test
  void aConstantRateDoesNotDecay() {
    assertEquals(1, LearningRateDecay.CONSTANT.factor(0, 0.5));
    assertEquals(1, LearningRateDecay.CONSTANT.factor(0.99, 0.5));
  }

  @Test
  void aLinearDecayIsConstantUntilTheLastShareAndThenLinear() {
    assertEquals(1, LearningRateDecay.LINEAR.factor(0.59, 0.4));
    assertEquals(0.75, LearningRateDecay.LINEAR.factor(0.7, 0.4), 1e-12);
    assertEquals(0.25, LearningRateDecay.LINEAR.factor(0.9, 0.4), 1e-12);
    assertEquals(0, LearningRateDecay.LINEAR.factor(1, 0.4), 1e-12);
  }

  @Test
  void aCosineDecayFollowsTheCosine() {
    assertEquals(1, LearningRateDecay.COSINE.factor(0, 1));
    assertEquals(0.853553, LearningRateDecay.COSINE.factor(0.25, 1), 1e-6);
    assertEquals(0.5, LearningRateDecay.COSINE.factor(0.5, 1), 1e-12);
    assertEquals(0.146447, LearningRateDecay.COSINE.factor(0.75, 1), 1e-6);
  }

  @Test
  void theRateStaysZeroAfterTheEndOfTheTraining() {
    assertEquals(0, LearningRateDecay.LINEAR.factor(1.3, 1));
    assertEquals(0, LearningRateDecay.COSINE.factor(1.3, 1), 1e-12);
  }
}
