package org.gantry.plugin.plugandplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.Sampler;
import org.gantry.sampler.SamplingProgress;
import org.gantry.sampler.SamplingRequest;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.Autograd;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.gantry.training.Session;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Chains through the untrained networks of a small game. */
@TensorTest
final class SamplersTest {

  private static final float[] LABELS = {0, 1, 1, 0, 1, 0, 0};

  @Nested
  @TensorTest
  final class PpgnContract implements ComponentContract {

    @Override
    public Object createComponent() {
      return ppgn(.01, 1, .1, 3, 0);
    }
  }

  @Nested
  @TensorTest
  final class DgnAmContract implements ComponentContract {

    @Override
    public Object createComponent() {
      return dgnAm(3);
    }
  }

  private static PpgnSampler ppgn(
      double prior, double condition, double noise, int steps, int every) {
    return new PpgnSampler(
        new PpgnSampler.Options(
            prior,
            condition,
            noise,
            steps,
            1,
            List.of(),
            ClassObjective.LOG_PROBABILITY,
            false,
            every));
  }

  private static DgnAmSampler dgnAm(int steps) {
    return new DgnAmSampler(
        new DgnAmSampler.Options(
            .001, 1, steps, 1, List.of(), ClassObjective.LOG_PROBABILITY, false, 0));
  }

  /** A part of a test with the networks of the game. */
  @FunctionalInterface
  private interface ModelTest {
    void run(TrainedModel model);
  }

  private static void withModel(NDManager manager, ModelTest test) {
    boolean recording = Autograd.setRecording(false);
    try (Session session =
        Session.open(
            PlugAndPlayTopologyTest.graph(PlugAndPlayTopologyTest.options(0, .1, false)))) {
      test.run(session.trainedModel(manager, 5));
    } finally {
      Autograd.setRecording(recording);
    }
  }

  private static float[][] sample(TrainedModel model, Sampler sampler, int count) {
    return sample(model, sampler, count, SamplingProgress.NONE);
  }

  private static float[][] sample(
      TrainedModel model, Sampler sampler, int count, SamplingProgress progress) {
    float[] labels = new float[count];
    System.arraycopy(LABELS, 0, labels, 0, count);
    NDArray given = model.manager().create(labels, new Shape(count));
    return CodeRows.of(
        sampler.sample(
            new SamplingRequest(
                model, model.uses().get(0), count, Map.of(DatasetField.LABEL, given), progress)));
  }

  /** The mean probability of the requested class. */
  private static double probability(TrainedModel model, float[][] images) {
    ModelUse classes = model.uses().get(2);
    NDArray logits =
        model.make(
            classes,
            Map.of(
                DatasetField.IMAGE,
                CodeRows.array(model.manager(), model.uses().get(0).output().shape(), images)));
    float[][] rows = CodeRows.of(logits.softmax(1));
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += rows[i][(int) LABELS[i]];
    }
    return sum / rows.length;
  }

  @Test
  void theConditionMovesSamplesToTheirClass(NDManager manager) {
    withModel(
        manager,
        model -> {
          double start = probability(model, sample(model, ppgn(0, 0, 0, 0, 0), 7));
          double moved = probability(model, sample(model, ppgn(.01, 1, 0, 30, 0), 7));
          double activated = probability(model, sample(model, dgnAm(30), 7));
          assertTrue(moved > start + .05, start + " became " + moved);
          assertTrue(activated > start + .05, start + " became " + activated);
        });
  }

  @Test
  void withoutAWeightACodeStaysAtItsDraw(NDManager manager) {
    withModel(
        manager,
        model -> {
          float[][] start = sample(model, ppgn(0, 0, 0, 0, 0), 3);
          float[][] still = sample(model, ppgn(0, 0, 0, 5, 0), 3);
          for (int i = 0; i < 3; i++) {
            assertArrayEquals(start[i], still[i], 1e-6f);
          }
        });
  }

  @Test
  void theNoiseOfAChainDoesNotDependOnTheOthers(NDManager manager) {
    withModel(
        manager,
        model -> {
          float[][] few = sample(model, ppgn(.01, 1, .3, 4, 0), 2);
          float[][] many = sample(model, ppgn(.01, 1, .3, 4, 0), 7);
          assertArrayEquals(few[1], many[1], 1e-5f);
        });
  }

  @Test
  void aStripLeadsFromTheStartOfAChainToItsEnd(NDManager manager) {
    withModel(
        manager,
        model -> {
          PpgnSampler strip = ppgn(.01, 1, 0, 6, 3);
          assertEquals(3, strip.rowLength());
          float[][] rows = sample(model, strip, 3);
          assertArrayEquals(sample(model, ppgn(0, 0, 0, 0, 0), 1)[0], rows[0], 1e-6f);
          assertArrayEquals(sample(model, ppgn(.01, 1, 0, 3, 0), 1)[0], rows[1], 1e-6f);
          assertArrayEquals(sample(model, ppgn(.01, 1, 0, 6, 0), 1)[0], rows[2], 1e-6f);
          assertEquals(7, sample(model, strip, 7).length);
        });
  }

  @Test
  void progressCountsTheStepsOfAllChains(NDManager manager) {
    withModel(
        manager,
        model -> {
          Map<Long, Long> seen = new LinkedHashMap<>();
          sample(model, dgnAm(4), 2, seen::put);
          assertEquals(Map.of(2L, 8L, 4L, 8L, 6L, 8L, 8L, 8L), seen);
        });
  }

  @Test
  void aModelThatClassifiesNothingIsRefused(NDManager manager) {
    withModel(
        manager,
        model -> {
          ModelUse code = model.uses().get(1);
          UnusableComponentException refusal =
              assertThrows(UnusableComponentException.class, () -> ChainUses.of(model, code));
          assertTrue(
              refusal.getMessage().contains("the inputs code and label"), refusal.getMessage());
        });
  }

  @Test
  void aRangeHasTwoEnds() {
    List<Double> wrong = new ArrayList<>(List.of(3.0, 1.0));

    assertThrows(UnusableComponentException.class, () -> ChainOptions.range(wrong));
    assertEquals(new ChainStep.Range(0, 30), ChainOptions.range(List.of(0.0, 30.0)));
    assertEquals(ChainStep.Range.ALL, ChainOptions.range(List.of()));
  }
}
