package org.gantry.runs.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.gantry.constraint.ConstraintCost;
import org.gantry.constraint.PixelMask;
import org.gantry.data.DatasetField;
import org.gantry.sampler.SamplingProgress;
import org.gantry.search.CodeSearch;
import org.gantry.search.CodeSpace;
import org.gantry.search.FoundSample;
import org.gantry.search.SearchSettings;
import org.gantry.search.SearchTarget;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class PictureEditorTest {

  private static final float[] PROJECTED = {0.888889f, -0.377778f};
  private static final int SIDE = 12;
  private static final int CODE = 16;

  /** G(z) = Wz + b with W = [[1, 0], [0, 2], [1, 1]] and b = [0, 0.5, 0]. */
  private static CodeSpace linear(NDManager manager) {
    NDArray weights = manager.create(new float[] {1, 0, 1, 0, 2, 1}, new Shape(2, 3));
    NDArray bias = manager.create(new float[] {0, 0.5f, 0});
    return FunctionModel.space(
        manager,
        2,
        DatasetField.image(3, 1, 1),
        codes -> codes.matMul(weights).add(bias).reshape(-1, 3, 1, 1));
  }

  /** Pictures of 12 x 12 pixels by a random smooth function of 16 numbers. */
  private static CodeSpace smooth(NDManager manager) {
    RandomGenerator random = new RandomStreams(3).at("waves");
    float[] weights = new float[CODE * SIDE * SIDE];
    for (int wave = 0; wave < CODE; wave++) {
      double across = random.nextDouble(-1, 1);
      double down = random.nextDouble(-1, 1);
      double phase = random.nextDouble(2 * Math.PI);
      for (int i = 0; i < SIDE * SIDE; i++) {
        int row = i / SIDE;
        weights[wave * SIDE * SIDE + i] =
            (float) (0.6 * Math.cos(across * (i % SIDE) + down * row + phase));
      }
    }
    NDArray waves = manager.create(weights, new Shape(CODE, SIDE * SIDE));
    return FunctionModel.space(
        manager,
        CODE,
        DatasetField.image(1, SIDE, SIDE),
        codes -> codes.matMul(waves).tanh().reshape(-1, 1, SIDE, SIDE));
  }

  /** The first value of each picture is wanted to be 1. */
  private static NDArray firstIsOne(NDArray pictures) {
    return pictures.get(new NDIndex(":, 0, 0, 0")).sub(1).square();
  }

  private static EditSettings settings(int steps, double smoothness) {
    return new EditSettings(steps, 4, 0.05, smoothness, 0, 0.5);
  }

  private static EditResult edit(
      CodeSpace space, float[] start, ConstraintCost constraint, EditSettings settings) {
    return new PictureEditor(space)
        .edit(start, List.of(constraint), settings, EditProgress.NONE, () -> false);
  }

  /** arXiv:1609.03552, section 3: the code whose picture is nearest to [0.8, -0.3, 0.6]. */
  @Test
  void theProjectionIsTheNearestPoint(NDManager manager) {
    FoundSample found =
        new CodeSearch(linear(manager))
            .find(
                SearchTarget.whole(new float[] {0.8f, -0.3f, 0.6f}),
                new SearchSettings(400, 2, 0.1, 0),
                SamplingProgress.NONE,
                () -> false);

    assertArrayEquals(PROJECTED, found.code(), 1e-3f);
  }

  /** arXiv:1609.03552, section 4, with λ_s of 5, 0.5 and 0.05 for a code of two numbers. */
  @Test
  void theEditIsTheMinimumOfTheConstraintAndTheDistance(NDManager manager) {
    CodeSpace space = linear(manager);
    double[] weights = {5, 0.5, 0.05};
    double[] first = {0.907407, 0.962963, 0.994709};
    double[] values = {0.010288, 0.004115, 0.000588};
    for (int i = 0; i < weights.length; i++) {
      EditedSample best =
          edit(space, PROJECTED, PictureEditorTest::firstIsOne, settings(400, 2 * weights[i]))
              .best();

      assertEquals(first[i], best.code()[0], 1e-3);
      assertEquals(-0.377778, best.code()[1], 1e-3);
      assertEquals(values[i], best.cost(), 1e-5);
    }
  }

  /** The square of 6 x 6 pixels in the middle is wanted to be 0.8. */
  private static NDArray brush(NDArray pictures) {
    float[] weights = new float[SIDE * SIDE];
    for (int i = 0; i < weights.length; i++) {
      boolean inside = i / SIDE >= 3 && i / SIDE < 9 && i % SIDE >= 3 && i % SIDE < 9;
      weights[i] = inside ? 1 : 0;
    }
    return new PixelMask(SIDE, SIDE, weights).meanOf(pictures.sub(0.8f).square());
  }

  /** The trade-off of arXiv:1609.03552, section 4, after 40 steps of Adam at the rate 0.1. */
  @Test
  void aHigherSmoothnessMovesTheCodeLessAndTheConstraintCostsMore(NDManager manager) {
    CodeSpace space = smooth(manager);
    float[] start = space.draw(3)[2];
    List<EditResult> results = new ArrayList<>();
    for (double smoothness : new double[] {0, 0.5, 5}) {
      results.add(
          edit(
              space,
              start,
              PictureEditorTest::brush,
              new EditSettings(40, 1, 0.1, smoothness, 0, 0.5)));
    }

    double before = results.get(0).start().constraintCost();
    for (int i = 0; i < 3; i++) {
      EditedSample best = results.get(i).best();
      assertTrue(best.constraintCost() < before / 2, before + " -> " + best.constraintCost());
      if (i > 0) {
        EditedSample looser = results.get(i - 1).best();
        assertTrue(best.distance() < looser.distance());
        assertTrue(best.constraintCost() > looser.constraintCost());
      }
    }
  }

  @Test
  void theDiscriminatorMakesTheResultLookMoreReal(NDManager manager) {
    CodeSpace space = smooth(manager);
    float[] start = space.draw(1)[0];
    EditedSample without =
        edit(space, start, PictureEditorTest::brush, new EditSettings(60, 1, 0.1, 5, 0, 0.5))
            .best();
    EditedSample with =
        edit(space, start, PictureEditorTest::brush, new EditSettings(60, 1, 0.1, 5, 1, 0.5))
            .best();

    assertTrue(sum(with.sample()) > sum(without.sample()) + 1);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void anInterruptedEditKeepsTheBestSoFarAndShowsIt(NDManager manager) {
    CodeSpace space = smooth(manager);
    PictureEditor editor = new PictureEditor(space);
    float[] start = space.draw(1)[0];
    List<float[]> seen = new ArrayList<>();
    EditResult result =
        editor.edit(
            start,
            List.of(PictureEditorTest::brush),
            settings(50, 5),
            (done, total, best) -> seen.add(best.get().values()),
            () -> seen.size() == 5);
    EditResult never =
        editor.edit(
            start,
            List.of(PictureEditorTest::brush),
            settings(50, 5),
            EditProgress.NONE,
            () -> true);

    assertEquals(5, seen.size());
    assertEquals(SIDE * SIDE, seen.get(0).length);
    assertTrue(result.best().cost() < never.best().cost());
    assertTrue(never.best().cost() <= result.start().cost() + 1e-6);
  }

  @Test
  void theSameSeedGivesTheSameResultsSortedByCost(NDManager manager) {
    CodeSpace space = smooth(manager);
    float[] start = space.draw(1)[0];
    EditResult one = edit(space, start, PictureEditorTest::brush, settings(20, 5));
    EditResult other = edit(space, start, PictureEditorTest::brush, settings(20, 5));

    assertEquals(one.results().size(), other.results().size());
    double shares = 0;
    for (int i = 0; i < one.results().size(); i++) {
      assertArrayEquals(one.results().get(i).code(), other.results().get(i).code());
      assertTrue(one.results().get(i).cost() >= one.best().cost());
      shares += one.results().get(i).share();
    }
    assertEquals(1, shares, 1e-9);
    assertEquals(0, one.start().distance());
  }

  @Test
  void aCodeStaysWhereThePriorDraws(NDManager manager) {
    CodeSpace space = linear(manager);
    EditResult result =
        edit(
            space,
            new float[] {2, 0},
            pictures -> pictures.get(new NDIndex(":, 0, 0, 0")).sub(100).square(),
            new EditSettings(100, 1, 1, 0, 0, 0));

    assertEquals(3, result.best().code()[0], 0.1);
  }

  /** arXiv:1609.03552, section 5. */
  @Test
  void thePathIsStraight(NDManager manager) {
    assertArrayEquals(
        new float[] {0.285714f, 0.714286f},
        PictureEditor.between(new float[] {0, 1}, new float[] {1, 0}, 2 / 7.0),
        1e-6f);
    assertEquals(
        8, new PictureEditor(linear(manager)).path(PROJECTED, new float[] {1, 1}, 8).size());
  }

  @Test
  void resultsThatAreMuchWorseAreDropped() {
    assertEquals(List.of(2, 0, 3), ResultChoice.of(new float[] {2, 9, 1, 2.9f}));
    assertEquals(16, ResultChoice.of(new float[40]).size());
    assertEquals(List.of(0), ResultChoice.of(new float[] {3}));
  }

  @Test
  void picturesThatLookLikeABetterOneAreDropped() {
    float[][] pictures = {{0, 0}, {0.01f, 0}, {0.5f, 0}, {0.5f, 0.01f}, {0, 0.5f}};

    assertEquals(List.of(0, 2, 4), ResultChoice.distinct(pictures, 0.02));
  }

  @Test
  void betterResultsHaveLargerShares() {
    double[] shares = ResultChoice.shares(new double[] {1, 2, 3});

    assertEquals(1, shares[0] + shares[1] + shares[2], 1e-9);
    assertEquals(Math.exp(1 / Math.sqrt(2 / 3.0)), shares[0] / shares[1], 1e-9);
    assertArrayEquals(new double[] {0.5, 0.5}, ResultChoice.shares(new double[] {4, 4}));
  }
}
