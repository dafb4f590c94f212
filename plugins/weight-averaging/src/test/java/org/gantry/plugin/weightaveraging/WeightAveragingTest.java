package org.gantry.plugin.weightaveraging;

import static org.gantry.testkit.ArrayAssertions.assertClose;
import static org.gantry.testkit.ArrayAssertions.toDoubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.junit.jupiter.api.Test;

@TensorTest
final class WeightAveragingTest {

  @Test
  void theAverageOfThreeUpdatesMatchesAReferenceValue(NDManager manager) {
    ExponentialAverage rule = new ExponentialAverage(0.999, 0, false);
    NDList average = new NDList(manager.create(new double[] {5}));

    assertClose(1e-9, followed(manager, rule, average, 1, 1), 4.996);
    assertClose(1e-9, followed(manager, rule, average, 2, 2), 4.993004);
    assertClose(1e-6, followed(manager, rule, average, 3, 3), 4.991011);
  }

  @Test
  void beforeItsStartTheAverageEqualsTheWeights(NDManager manager) {
    ExponentialAverage rule = new ExponentialAverage(0.5, 2, false);
    NDList average = new NDList(manager.create(new double[] {5}));

    assertClose(0, followed(manager, rule, average, 1.1, 1), 1.1);
    assertClose(0, followed(manager, rule, average, 2.3, 2), 2.3);
    assertClose(1e-12, followed(manager, rule, average, 3.3, 3), 2.8);
  }

  @Test
  void theRampForgetsTheInitialWeightsWithinAShortTraining(NDManager manager) {
    ExponentialAverage ramped = new ExponentialAverage(0.999, 0, true);
    ExponentialAverage constant = new ExponentialAverage(0.999, 0, false);
    NDList fast = new NDList(manager.create(new double[] {5}));
    NDList slow = new NDList(manager.create(new double[] {5}));
    for (int count = 1; count <= 200; count++) {
      followed(manager, ramped, fast, 1, count);
      followed(manager, constant, slow, 1, count);
    }

    assertClose(1e-6, fast.head(), 1);
    assertClose(0.5, slow.head(), 4.27);
  }

  @Test
  void theRampBeginsAtTheStartAndEndsAtTheDecay() {
    ExponentialAverage rule = new ExponentialAverage(0.999, 100, true);

    assertEquals(0, rule.retainedShare(100));
    assertEquals(2 / 11.0, rule.retainedShare(101), 1e-12);
    assertEquals(201 / 210.0, rule.retainedShare(300), 1e-12);
    assertEquals(0.999, rule.retainedShare(20_000), 1e-12);
  }

  @Test
  void averagingLeavesNoArrays(NDManager manager) {
    ExponentialAverage rule = new ExponentialAverage(0.5, 0, false);
    NDList average = new NDList(manager.create(new double[] {5}));
    followed(manager, rule, average, 1, 1);
    int arrays = manager.getManagedArrays().size();

    followed(manager, rule, average, 1, 2);

    assertEquals(arrays, manager.getManagedArrays().size());
  }

  @Test
  void aHalfLifeInSamplesSetsTheDecay() {
    assertEquals(0.995574, WeightAveraging.decay(options(0.9, 10_000, 0), 64), 1e-6);
    assertEquals(0.9, WeightAveraging.decay(options(0.9, 0, 0), 64));
  }

  @Test
  void samplesUseTheAverageAndTrainingDoesNot(NDManager manager) {
    try (Session plain = open();
        Session kept = open(new WeightAveraging(options(0, 0, 0)));
        Session averaged = open(new WeightAveraging(options(0.9, 0, 0)))) {
      double[] start = sample(plain, manager);
      for (int step = 0; step < 4; step++) {
        assertEquals(plain.step(), averaged.step());
        kept.step();
      }

      double[] weights = sample(plain, manager);
      assertArrayEquals(weights, sample(kept, manager));
      assertFalse(Arrays.equals(weights, sample(averaged, manager)));
      assertFalse(Arrays.equals(start, sample(averaged, manager)));
    }
  }

  private static WeightAveraging.Options options(double decay, double halfLife, long start) {
    return new WeightAveraging.Options(decay, halfLife, start, true, List.of());
  }

  private static Session open(Regularizer... regularizers) {
    return Session.open(TrainingGraph.build(TinyGame.of(new MeanDifferenceLoss(), regularizers)));
  }

  private static double[] sample(Session session, NDManager manager) {
    NDArray code = manager.ones(new Shape(1, 3));
    return toDoubles(session.trainedModel(manager, 1).apply("generator", code).head());
  }

  private static NDArray followed(
      NDManager manager, ExponentialAverage rule, NDList average, double weight, long count) {
    Autograd.setRecording(false);
    try (NDArray weights = manager.create(new double[] {weight})) {
      rule.moveAverage(average, new NDList(weights), count);
    }
    return average.head();
  }
}
