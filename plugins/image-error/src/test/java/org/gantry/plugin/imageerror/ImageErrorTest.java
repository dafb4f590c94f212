package org.gantry.plugin.imageerror;

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
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.contract.ComponentContract;
import org.junit.jupiter.api.Test;

@TensorTest
final class ImageErrorTest implements ComponentContract {

  private static final DatasetField IMAGE = DatasetField.image(1, 1, 2);

  /** Data that the metric does not read. */
  private record UnreadImages() implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(IMAGE);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      throw new UnsupportedOperationException("the counterparts are given");
    }
  }

  /** Samples of two pixels and their counterparts. */
  private record SamplePairs(NDManager manager, NDArray samples, NDArray real)
      implements EvaluationContext {

    @Override
    public Dataset dataset() {
      return new UnreadImages();
    }

    @Override
    public ModelUse use() {
      return use(IMAGE);
    }

    static ModelUse use(DatasetField counterpart) {
      return new ModelUse(
          "translation", IMAGE, List.of(), Optional.of(new ModelInput("right", counterpart, true)));
    }

    @Override
    public int sampleCount() {
      return Math.toIntExact(samples.getShape().get(0));
    }

    @Override
    public Optional<NDArray> field(String name) {
      return Optional.of(real).filter(r -> name.equals("right"));
    }

    @Override
    public RandomStreams randomStreams() {
      return new RandomStreams(1);
    }

    @Override
    public Path cacheFolder() {
      throw new UnsupportedOperationException("nothing is costly here");
    }
  }

  private static Map<String, Double> evaluate(NDManager manager, float[] samples, float[] real) {
    Shape shape = new Shape(samples.length / 2, 1, 1, 2);
    return new ImageError()
        .evaluate(
            new SamplePairs(manager, manager.create(samples, shape), manager.create(real, shape)));
  }

  @Override
  public Object createComponent() {
    return new ImageError();
  }

  @Test
  void theErrorsMatchAHandCalculation(NDManager manager) {
    // Differences 0.5 and 0.1, then 0.2 and 0, of a range of 2.
    Map<String, Double> figures =
        evaluate(manager, new float[] {.5f, -.4f, .2f, 1}, new float[] {0, -.5f, 0, 1});
    assertEquals((0.3 + 0.1) / 2 / 2, figures.get("mean-absolute-error"), 1e-7);
  }

  /** Values of arXiv:1609.04802 for two pictures of four pixels, in 8 bits. */
  @Test
  void theRatioIsThatOfPicturesOf8Bits(NDManager manager) {
    float[] one = bytes(52, 55, 61, 59);
    float[] other = bytes(50, 57, 60, 62);

    assertEquals(41.598678, ratio(manager, one, other), 1e-4);
    for (int i = 0; i < one.length; i++) {
      one[i] += 0.4f / 127.5f;
    }
    assertEquals(41.598678, ratio(manager, one, other), 1e-4, "less than half a step");
  }

  private static double ratio(NDManager manager, float[] one, float[] other) {
    Shape shape = new Shape(1, 1, 2, 2);
    return new ImageError()
        .evaluate(
            new SamplePairs(manager, manager.create(one, shape), manager.create(other, shape)))
        .get("peak-signal-noise-ratio");
  }

  private static float[] bytes(int... values) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] / 127.5f - 1;
    }
    return scaled;
  }

  @Test
  void sharpnessIsTheMeanStepBetweenNeighbours(NDManager manager) {
    // Steps of 0.9 and 0.8 in the samples, and of 0.5 and 1 in the counterparts, of a range of 2.
    Map<String, Double> figures =
        evaluate(manager, new float[] {.5f, -.4f, .2f, 1}, new float[] {0, -.5f, 0, 1});
    assertEquals((0.9 + 0.8) / 2 / 2, figures.get("sharpness"), 1e-7);
    assertEquals((0.5 + 1) / 2 / 2, figures.get("real-sharpness"), 1e-7);
  }

  @Test
  void valuesBeyondTheRangeCountAsItsEnds(NDManager manager) {
    assertEquals(
        evaluate(manager, new float[] {1, -1}, new float[] {.5f, 0}),
        evaluate(manager, new float[] {9, -3}, new float[] {.5f, 0}));
  }

  @Test
  void equalImagesHaveARatioOfOneHundred(NDManager manager) {
    Map<String, Double> figures = evaluate(manager, new float[] {.5f, 0}, new float[] {.5f, 0});
    assertEquals(0, figures.get("mean-absolute-error"));
    assertEquals(100, figures.get("peak-signal-noise-ratio"), 1e-9);
  }

  @Test
  void samplesWithoutCounterpartsAreRefusedBeforeTheTraining() {
    MetricSubject subject = MetricSubject.of(new UnreadImages());
    assertEquals(
        "it needs a counterpart of each sample, and the topology states none for generator",
        assertThrows(
                UnusableComponentException.class, () -> new ImageError().requireCompatible(subject))
            .getMessage());
  }

  @Test
  void counterpartsOfAnotherShapeAreRefusedBeforeTheTraining() {
    MetricSubject subject =
        new MetricSubject(
            new UnreadImages(), SamplePairs.use(DatasetField.image("right", 1, 2, 2)));
    assertThrows(
        UnusableComponentException.class, () -> new ImageError().requireCompatible(subject));
  }
}
