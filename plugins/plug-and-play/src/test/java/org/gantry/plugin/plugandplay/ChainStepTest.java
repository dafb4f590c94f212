package org.gantry.plugin.plugandplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Steps whose results were computed from the formula of the paper. */
final class ChainStepTest {

  private static final float[] CODE = {.5f, -1, 2};
  private static final float[] GRADIENT = {.3f, 0, -.4f};
  private static final double[] DRAW = {.1, -.2, .05};
  private static final float[] TOWARDS =
      CodePrior.RECONSTRUCTION.step(CODE, new float[] {.7f, -.8f, 1.5f});

  private static float[] next(double prior, double condition, double noise) {
    return new ChainStep(prior, condition, noise, 1, false, ChainStep.Range.ALL)
        .next(CODE, TOWARDS, GRADIENT, DRAW);
  }

  @Test
  void aStepIsTheWeightedSumOfPriorConditionAndNoise() {
    assertArrayEquals(new float[] {.800002f, -.999998f, 1.599995f}, next(1e-5, 1, 1e-17), 1e-6f);
    assertArrayEquals(new float[] {.802f, -.998f, 1.595f}, next(1e-2, 1, 1e-15), 1e-6f);
    assertArrayEquals(new float[] {.69f, -1.02f, 1.76f}, next(.1, .5, .2), 1e-6f);
  }

  @Test
  void theOriginPullsACodeInProportionToIt() {
    float[] next =
        new ChainStep(.1, 0, 0, 1, false, ChainStep.Range.ALL)
            .next(CODE, CodePrior.ORIGIN.step(CODE, null), null, null);

    assertArrayEquals(new float[] {.45f, -.9f, 1.8f}, next, 1e-6f);
  }

  @Test
  void aNormalisedStepHasAMeanAbsoluteValueOfItsRate() {
    ChainStep.Range range = new ChainStep.Range(0, 30);
    float[] free =
        new ChainStep(1e-5, 1, 1e-17, 1, true, ChainStep.Range.ALL)
            .next(CODE, TOWARDS, GRADIENT, DRAW);
    float[] clipped =
        new ChainStep(1e-5, 1, 1e-17, 1, true, range).next(CODE, TOWARDS, GRADIENT, DRAW);

    assertArrayEquals(new float[] {1.785706f, -.999991f, .285715f}, free, 1e-5f);
    assertArrayEquals(new float[] {1.785706f, 0, .285715f}, clipped, 1e-5f);
  }

  @Test
  void aStepOfNothingStaysWhereItIs() {
    float[] next =
        new ChainStep(0, 0, 0, 1, true, ChainStep.Range.ALL).next(CODE, null, null, null);

    assertArrayEquals(CODE, next);
  }

  /**
   * The best denoising auto-encoder of N(1, 2²) under noise of deviation 0.5 gives the score of the
   * density with the noise.
   */
  @Test
  void theStepOfADenoisingAutoEncoderIsTheScoreOfTheSmoothedDensity() {
    double variance = .5 * .5;
    float[] best = denoised(new float[] {3});
    float[] next =
        new ChainStep(1 / variance, 0, 0, 1, false, ChainStep.Range.ALL)
            .next(
                new float[] {3}, CodePrior.RECONSTRUCTION.step(new float[] {3}, best), null, null);

    assertEquals(2.882353, best[0], 1e-6);
    assertEquals((1 - 3) / (4 + variance), next[0] - 3, 1e-5);
    assertEquals(-.470588, next[0] - 3, 1e-5);
  }

  /** With ε₁ = a / (2 σ²) and ε₃² = a for a small a, steps are those of Langevin. */
  @Test
  void aLongChainHasTheMomentsOfTheSmoothedDensity() {
    double small = .2;
    ChainStep step =
        new ChainStep(small / (2 * .25), 0, Math.sqrt(small), 1, false, ChainStep.Range.ALL);
    Random random = new Random(4);
    float[] code = {1};
    int count = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      float[] towards = CodePrior.RECONSTRUCTION.step(code, denoised(code));
      code = step.next(code, towards, null, new double[] {random.nextGaussian()});
      sum += code[0];
      squares += (code[0] - 1) * (code[0] - 1);
    }

    assertEquals(1, sum / count, .15);
    assertEquals(4.25, squares / count, .4);
  }

  /** (σ² μ + s² x) / (σ² + s²) for μ = 1, s = 2, σ = 0.5. */
  private static float[] denoised(float[] x) {
    return new float[] {(float) ((.25 * 1 + 4 * x[0]) / 4.25)};
  }
}
