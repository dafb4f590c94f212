package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class KeptLabelsTest {

  private static final KeptLabels METRIC = new KeptLabels(new KeptLabels.Options(List.of(), 4000));

  @TempDir Path cache;

  /** Translations that show some classes, and what they should be. */
  @SuppressWarnings("ArrayRecordComponent")
  private record TranslatedHalves(
      NDManager manager, Dataset dataset, Path cacheFolder, List<Integer> made, List<Integer> right)
      implements EvaluationContext {

    @Override
    public ModelUse use() {
      DatasetField image = DatasetField.image(1, HalfImages.SIDE, HalfImages.SIDE);
      return new ModelUse(
          "to-drawings",
          image,
          List.of(
              new ModelInput(
                  "photo", DatasetField.image("photo", 1, HalfImages.SIDE, HalfImages.SIDE), true)),
          Optional.of(new ModelInput("drawing", image, true)));
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
      return name.equals("drawing") ? Optional.of(HalfImages.of(manager, right)) : Optional.empty();
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }
  }

  @Test
  void theShareIsThatOfLabelsThatAreSeenAsInTheCounterparts(NDManager manager) {
    List<Integer> made = List.of(0, 0, 0, 1, 1, 1, 1, 1);
    List<Integer> right = List.of(0, 0, 1, 1, 1, 1, 0, 0);
    Map<String, Double> figures =
        METRIC.evaluate(new TranslatedHalves(manager, HalfImages.dataset(), cache, made, right));
    assertEquals(5 / 8.0, figures.get("kept-labels"));
    assertEquals(2 / 4.0, figures.get("kept-labels-min"));
    assertTrue(figures.get("classifier-accuracy") > 0.95, figures.toString());
  }

  @Test
  void samplesWithoutCounterpartsAreRefusedBeforeTheTraining() {
    String refusal = refusal(METRIC, MetricSubject.of(HalfImages.dataset()));

    assertTrue(refusal.startsWith("it needs a counterpart of each sample"), refusal);
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes(NDManager manager) {
    MetricSubject subject =
        new TranslatedHalves(manager, HalfImages.dataset(), cache, List.of(0), List.of(0))
            .subject();
    KeptLabels mood = new KeptLabels(new KeptLabels.Options(List.of("mood"), 4000));

    assertEquals("the data have no label 'mood'; they have label", refusal(mood, subject));
  }

  private static String refusal(KeptLabels metric, MetricSubject subject) {
    return assertThrows(UnusableComponentException.class, () -> metric.requireCompatible(subject))
        .getMessage();
  }
}
