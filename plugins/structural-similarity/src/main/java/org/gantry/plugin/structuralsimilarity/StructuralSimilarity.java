package org.gantry.plugin.structuralsimilarity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.RealSamples;

/**
 * The mean multi-scale structural similarity (MS-SSIM) of pairs of generated images, {@code
 * structural-similarity}, and of pairs of real images, {@code structural-similarity-real}. Values
 * are in [0, 1]; 1 means that all images are equal. A generator that has lost modes has a higher
 * value than real images. Noise has a lower value, so the metric does not measure quality. It
 * hardly detects fine noise, which the second scale removes.
 *
 * <p>If each sample has a real counterpart, such as the right image of an enlarged one, {@code
 * counterpart-similarity} is the mean similarity (SSIM) of a sample and its counterpart, at one
 * scale.
 *
 * <p>Samples are rounded to 8 bits. Each belongs to one pair. Images are halved while the shorter
 * side keeps at least 8 pixels: 28 pixels give 2 scales, 32 give 3, 128 give 5. Values are
 * comparable only at the same number of scales.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "structural-similarity",
    summary =
        "MS-SSIM between generated images, and between real ones; rises as modes are" + " lost",
    paper = "arXiv:1610.09585, section 4.2")
final class StructuralSimilarity implements Metric {

  private static final int MIN_SIDE = 8;

  record Options(
      @Description("the largest number of pairs of each kind to compare")
          @DefaultValue("500")
          @Positive int pairs,
      @Description("the largest number of scales; small images have fewer")
          @DefaultValue("5")
          @Min(1) @Max(SimilarityIndex.MAX_SCALES) int scales) {}

  private final Options options;

  @Inject
  StructuralSimilarity(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    imageField(subject.dataset());
    subject.image();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 200;
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    DatasetField field = imageField(evaluation.dataset());
    int fake = Math.min(options.pairs(), evaluation.sampleCount() / 2);
    int real = Math.min(options.pairs(), RealSamples.availableCount(evaluation.dataset()) / 2);
    if (fake < 1 || real < 1) {
      throw new UnusableComponentException("the metric needs at least two samples");
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("structural-similarity", mean(evaluation.firstSamples(2 * fake), field));
    figures.put(
        "structural-similarity-real",
        mean(
            RealSamples.draw(
                evaluation.dataset(),
                2 * real,
                evaluation.randomStreams().at("structural-similarity-real")),
            field));
    if (evaluation.use().counterpart().isPresent()) {
      evaluation
          .counterparts()
          .ifPresent(
              right ->
                  figures.put(
                      "counterpart-similarity", meanToCounterparts(evaluation, right, field)));
    }
    return figures;
  }

  /** The mean single-scale similarity of samples and what they should be. */
  private double meanToCounterparts(
      EvaluationContext evaluation, NDArray right, DatasetField field) {
    int count = Math.min(options.pairs(), evaluation.sampleCount());
    List<float[]> samples = evaluation.firstSamples(count);
    float[] all = right.toFloatArray();
    right.close();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      float[] own = Arrays.copyOfRange(all, i * field.length(), (i + 1) * field.length());
      sum += SimilarityIndex.of(channels(samples.get(i), field), channels(own, field)).whole();
    }
    return sum / count;
  }

  private static DatasetField imageField(Dataset dataset) {
    DatasetField field = RealSamples.field(dataset);
    Shape shape = field.shape();
    if (shape.dimension() != 3 || Math.min(shape.get(1), shape.get(2)) < MIN_SIDE) {
      throw new UnusableComponentException(
          "structural-similarity needs images with sides of at least %d pixels, not samples of shape %s"
              .formatted(MIN_SIDE, shape));
    }
    return field;
  }

  /** The mean over pairs of consecutive images. */
  private double mean(List<float[]> images, DatasetField field) {
    int scales = scales(field.shape());
    double sum = 0;
    for (int i = 0; i < images.size(); i += 2) {
      sum +=
          SimilarityIndex.of(
              channels(images.get(i), field), channels(images.get(i + 1), field), scales);
    }
    return 2 * sum / images.size();
  }

  private int scales(Shape shape) {
    int scales = 1;
    for (long side = Math.min(shape.get(1), shape.get(2)) / 2; side >= MIN_SIDE; side /= 2) {
      scales++;
    }
    return Math.min(scales, options.scales());
  }

  private static List<ImageChannel> channels(float[] image, DatasetField field) {
    int height = Math.toIntExact(field.shape().get(1));
    int width = Math.toIntExact(field.shape().get(2));
    List<ImageChannel> channels = new ArrayList<>();
    for (int from = 0; from < image.length; from += height * width) {
      double[] values = new double[height * width];
      for (int i = 0; i < values.length; i++) {
        double share = (image[from + i] - field.low()) / (field.high() - field.low());
        values[i] = Math.round(255 * Math.max(0, Math.min(1, share)));
      }
      channels.add(new ImageChannel(height, width, values));
    }
    return channels;
  }
}
