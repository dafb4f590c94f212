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
import org.gantry.data.ByteImages;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.InMemoryImages;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class LabelChangeTest {

  private static final DatasetField IMAGE = DatasetField.image(1, HalfImages.SIDE, HalfImages.SIDE);
  private static final ModelInput GIVEN =
      new ModelInput(
          "left-half", DatasetField.image("left-half", 1, HalfImages.SIDE, HalfImages.SIDE), true);
  private static final ModelUse TO_RIGHT =
      new ModelUse("to-right", IMAGE, List.of(GIVEN), Optional.empty());

  private static final LabelChange METRIC = metric(DatasetField.LABEL);

  @TempDir Path cache;

  private static LabelChange metric(String label) {
    return new LabelChange(
        new LabelChange.Options(HalfImages.dataset(), label, List.of(DatasetField.LABEL), 4000));
  }

  /** Images of one class, whose values do not matter. */
  private static Dataset only(String name) {
    byte[] values = new byte[HalfImages.SIDE * HalfImages.SIDE];
    return InMemoryImages.of(
        new ByteImages(1, 1, HalfImages.SIDE, HalfImages.SIDE, values), new int[1], List.of(name));
  }

  /** Translations of images with a bright left half. */
  @SuppressWarnings("ArrayRecordComponent")
  private record TranslatedHalves(
      NDManager manager, Dataset dataset, Path cacheFolder, List<Integer> given, List<Integer> made)
      implements EvaluationContext {

    @Override
    public ModelUse use() {
      return TO_RIGHT;
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
      return name.equals(GIVEN.name())
          ? Optional.of(HalfImages.of(manager, given))
          : Optional.empty();
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }
  }

  @Test
  void theShareIsThatOfTranslationsThatShowTheClassTheyImitate(NDManager manager) {
    Map<String, Double> figures =
        METRIC.evaluate(
            new TranslatedHalves(
                manager, only("right"), cache, List.of(0, 0, 0, 1), List.of(1, 1, 0, 1)));

    assertEquals(3 / 4.0, figures.get("label-change"));
    assertEquals(1 / 4.0, figures.get("label-change-before"));
    assertEquals(2 / 4.0, figures.get("label-change-kept"));
    assertTrue(figures.get("label-change-accuracy") > 0.95, figures.toString());
  }

  @Test
  void dataOfSeveralClassesAreRefused() {
    assertEquals(
        "it needs translations that imitate one class of 'label', such as data of kind classes,"
            + " and those of to-right imitate 2",
        refusal(METRIC, new MetricSubject(HalfImages.dataset(), TO_RIGHT)));
  }

  @Test
  void anUnknownClassIsRefusedWithTheKnownOnes() {
    assertEquals(
        "its data have no class 'top' of label; the classes are left, right",
        refusal(METRIC, new MetricSubject(only("top"), TO_RIGHT)));
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() {
    assertEquals(
        "its data have no label 'mood'; they have label",
        refusal(metric("mood"), new MetricSubject(only("right"), TO_RIGHT)));
  }

  @Test
  void aTranslationWithACounterpartIsRefused() {
    ModelUse back =
        new ModelUse(
            "there-and-back",
            IMAGE,
            List.of(GIVEN),
            Optional.of(new ModelInput("image", IMAGE, true)));

    assertEquals(
        "there-and-back has a counterpart, with which kept-labels compares it",
        refusal(METRIC, new MetricSubject(only("right"), back)));
  }

  private static String refusal(LabelChange metric, MetricSubject subject) {
    return assertThrows(UnusableComponentException.class, () -> metric.requireCompatible(subject))
        .getMessage();
  }
}
