package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class ConditionAccuracyTest {

  private static final ConditionAccuracy METRIC =
      new ConditionAccuracy(new ConditionAccuracy.Options(4000));

  @TempDir Path cache;

  /** Samples of some classes that were made for others. */
  @SuppressWarnings("ArrayRecordComponent")
  private record MadeHalves(
      NDManager manager,
      Dataset dataset,
      Path cacheFolder,
      List<Integer> made,
      List<Integer> wanted)
      implements EvaluationContext {

    @Override
    public ModelUse use() {
      return use(DatasetField.label(HalfImages.NAMES));
    }

    static ModelUse use(DatasetField label) {
      return new ModelUse(
          "sample",
          DatasetField.image(1, HalfImages.SIDE, HalfImages.SIDE),
          List.of(new ModelInput("class", label, true)),
          Optional.empty());
    }

    @Override
    public int sampleCount() {
      return made.size();
    }

    @Override
    public NDArray samples() {
      return HalfImages.of(manager, made);
    }

    @Override
    public Optional<NDArray> field(String name) {
      return name.equals("class")
          ? Optional.of(FloatArrays.fill(manager, new Shape(wanted.size()), this::putWanted))
          : Optional.empty();
    }

    private void putWanted(FloatBuffer into) {
      wanted.forEach(label -> into.put(label));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }
  }

  @Test
  void theAccuracyIsThatOfTheRequestedClasses(NDManager manager) {
    List<Integer> made = List.of(0, 0, 0, 1, 1, 1, 1, 1);
    List<Integer> wanted = List.of(0, 0, 1, 1, 1, 1, 0, 0);
    Map<String, Double> figures =
        METRIC.evaluate(new MadeHalves(manager, HalfImages.dataset(), cache, made, wanted));
    assertEquals(5 / 8.0, figures.get("condition-accuracy"));
    assertEquals(2 / 4.0, figures.get("condition-accuracy-min"));
    assertTrue(figures.get("classifier-accuracy") > 0.95, figures.toString());
  }

  @Test
  void samplesWithoutALabelAreRefusedBeforeTheTraining() {
    assertEquals(
        "it needs samples that are made for a label or a text, and generator is made of latent",
        refusal(MetricSubject.of(HalfImages.dataset())));
  }

  @Test
  void labelsOfOtherClassesAreRefusedBeforeTheTraining() {
    ModelUse use = MadeHalves.use(DatasetField.label("class", List.of("a", "b", "c")));
    assertEquals(
        "the samples are made for the class of other data than they imitate",
        refusal(new MetricSubject(HalfImages.dataset(), use)));
  }

  private static String refusal(MetricSubject subject) {
    return assertThrows(UnusableComponentException.class, () -> METRIC.requireCompatible(subject))
        .getMessage();
  }
}
