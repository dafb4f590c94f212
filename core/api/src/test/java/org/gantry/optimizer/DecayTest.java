package org.gantry.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DecayTest {

  @Test
  void aConstantRateStaysWhateverTheProgress() {
    assertEquals(1, Decay.CONSTANT.factor(0, 0.5));
    assertEquals(1, Decay.CONSTANT.factor(0.99, 0.5));
  }

  @Test
  void aLinearDecayHoldsAndThenFallsInAStraightLineOverTheLastShare() {
    assertEquals(1, Decay.LINEAR.factor(0.59, 0.4));
    assertEquals(0.75, Decay.LINEAR.factor(0.7, 0.4), 1e-12);
    assertEquals(0.25, Decay.LINEAR.factor(0.9, 0.4), 1e-12);
    assertEquals(0, Decay.LINEAR.factor(1, 0.4), 1e-12);
  }

  @Test
  void aCosineDecayOverTheWholeTrainingHasTheCosinesValues() {
    assertEquals(1, Decay.COSINE.factor(0, 1));
    assertEquals(0.853553, Decay.COSINE.factor(0.25, 1), 1e-6);
    assertEquals(0.5, Decay.COSINE.factor(0.5, 1), 1e-12);
    assertEquals(0.146447, Decay.COSINE.factor(0.75, 1), 1e-6);
  }

  @Test
  void aProlongedTrainingStaysAtTheEndOfTheDecay() {
    assertEquals(0, Decay.LINEAR.factor(1.3, 1));
    assertEquals(0, Decay.COSINE.factor(1.3, 1), 1e-12);
  }
}
