package org.gantry.runs.blending;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** A picture of 4 x 4 pixels whose solutions were computed by hand with other software. */
@TensorTest
final class GaussianPoissonEquationTest {

  private static ImagePlane plane(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return new ImagePlane(4, 4, floats);
  }

  private static final ImagePlane BACKGROUND =
      plane(.1, .2, .3, .4, .1, .2, .3, .4, .1, .2, .3, .4, .1, .2, .3, .4);
  private static final ImagePlane FOREGROUND =
      plane(.8, .8, .8, .8, .8, .9, .8, .8, .8, .8, .6, .8, .8, .8, .8, .8);
  private static final ImagePlane MASK = plane(0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0);
  private static final ImagePlane COLOURS =
      plane(.3, .3, .3, .3, .3, .5, .5, .3, .3, .5, .5, .3, .3, .3, .3, .3);

  private static double[] solve(NDManager manager, BlendSolver solver) {
    float[] values =
        new GaussianPoissonEquation(manager, solver, 1)
            .solve(FOREGROUND, BACKGROUND, MASK, COLOURS)
            .values();
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @Test
  void theDivergenceAddsUpToZeroAndHalvesGradientsAtTheEdgeOfTheMask() {
    double[] divergence = GuidanceField.negativeDivergence(FOREGROUND, BACKGROUND, MASK);

    assertArrayEquals(
        new double[] {-.1, -.05, 0, .1, -.1, .35, .05, .05, -.05, .15, -.65, .15, -.1, 0, .1, .1},
        divergence,
        1e-6);
    assertEquals(0, Arrays.stream(divergence).sum(), 1e-9);
  }

  @Test
  void theLowPassHasTheWeightsOfThePublishedProgram() {
    float[] spread =
        GaussianPoissonEquation.lowPass(plane(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
            .values();

    assertEquals(.618694, spread[5], 1e-6);
    assertEquals(.083731, spread[4], 1e-6);
    assertEquals(.011332, spread[0], 1e-6);
    assertEquals(
        .998945,
        GaussianPoissonEquation.lowPass(plane(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
            .at(0, 0),
        1e-6);
  }

  @Test
  void theFormOfTheProgram(NDManager manager) {
    double[] solution = solve(manager, BlendSolver.CODE);

    assertArrayEquals(
        new double[] {
          .280014, .337197, .353775, .377270,
          .313337, .472645, .406965, .375579,
          .311772, .412323, .267643, .368314,
          .278581, .333576, .344454, .372469
        },
        solution,
        1e-6);
    assertEquals(.350370, Arrays.stream(solution).average().orElseThrow(), 1e-6);
  }

  @Test
  void theLeastSquaresOfTheObjective(NDManager manager) {
    assertArrayEquals(
        new double[] {
          .287275, .347010, .355936, .380308,
          .328942, .457232, .372743, .377530,
          .329502, .391415, .221874, .370160,
          .296425, .351095, .352092, .386375
        },
        solve(manager, BlendSolver.LEAST_SQUARES),
        1e-6);
  }

  @Test
  void theScreenedPoissonEquation(NDManager manager) {
    assertArrayEquals(
        new double[] {
          .279404, .341182, .357855, .381797,
          .316296, .467421, .397274, .381180,
          .314389, .403500, .251123, .372789,
          .278525, .337714, .347903, .377563
        },
        solve(manager, BlendSolver.SCREENED),
        1e-6);
  }
}
