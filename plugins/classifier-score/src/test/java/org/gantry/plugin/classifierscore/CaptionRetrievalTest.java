package org.gantry.plugin.classifierscore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;
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
final class CaptionRetrievalTest {

  private static final List<String> CAPTIONS = List.of("a bright left", "a bright right");
  private static final WordVocabulary WORDS = WordVocabulary.of(CAPTIONS);
  private static final DatasetField CAPTION = DatasetField.text(DatasetField.CAPTION, WORDS, 4);

  private static final CaptionRetrieval METRIC =
      new CaptionRetrieval(new CaptionRetrieval.Options(20, 10, 4000));

  @TempDir Path cache;

  /** Half images with a caption that says which half is bright. */
  private record CaptionedHalves(IndexedDataset halves) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(halves.field(DatasetField.IMAGE).orElseThrow(), CAPTION);
    }

    @Override
    public int size() {
      return halves.size();
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.name().equals(DatasetField.CAPTION)) {
        into.put(captionOf(index % 2));
      } else {
        halves.read(index, field, into);
      }
    }
  }

  private static float[] captionOf(int half) {
    return WORDS.encode(CAPTIONS.get(half), 4);
  }

  /** Samples of some halves that were made for captions of others. */
  @SuppressWarnings("ArrayRecordComponent")
  private record MadeHalves(
      NDManager manager, Path cacheFolder, List<Integer> made, List<Integer> wanted)
      implements EvaluationContext {

    @Override
    public Dataset dataset() {
      return new CaptionedHalves(HalfImages.dataset());
    }

    @Override
    public ModelUse use() {
      return new ModelUse(
          "sample",
          DatasetField.image(1, HalfImages.SIDE, HalfImages.SIDE),
          List.of(new ModelInput("text", CAPTION, true)),
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
      return Optional.of(
          FloatArrays.fill(
              manager,
              new Shape(wanted.size(), 4),
              into -> wanted.forEach(half -> into.put(captionOf(half)))));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }
  }

  @Test
  void theCaptionIsFoundWhereTheSampleShowsIt(NDManager manager) {
    Map<String, Double> figures =
        METRIC.evaluate(
            new MadeHalves(manager, cache, List.of(0, 1, 1, 1, 0), List.of(0, 1, 1, 0, 0)));

    assertEquals(Map.of("caption-retrieval", 4 / 5.0, "real-retrieval", 1.0), figures);
  }

  @Test
  void samplesWithoutATextAreRefusedBeforeTheTraining() {
    ModelUse labelled =
        new ModelUse(
            "sample",
            DatasetField.image(1, HalfImages.SIDE, HalfImages.SIDE),
            List.of(new ModelInput("class", DatasetField.label(HalfImages.NAMES), true)),
            Optional.empty());

    UnusableComponentException refusal =
        assertThrows(
            UnusableComponentException.class,
            () -> METRIC.requireCompatible(new MetricSubject(HalfImages.dataset(), labelled)));
    assertEquals("no text is among the conditions", refusal.getMessage());
  }
}
