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
import org.gantry.metric.RealSamples;

/**
 * The mean multi-scale structural similarity of pairs of samples, {@code structural-similarity},
 * and of pairs of real pictures, {@code structural-similarity-real}: from 0 to 1, where 1 says that
 * all pictures are the same. A generator that has lost modes lies above real pictures; one that
 * makes noise lies below, so it says nothing of how good a picture is. It hardly sees fine noise,
 * which is gone at the second scale.
 *
 * <p>Samples are rounded to 8 bits. Each belongs to one pair. Pictures are halved as long as the
 * shorter side keeps 8 pixels: 28 pixels are compared at 2 scales, 32 at 3, 128 at 5. Values
 * compare only at the same number of scales.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "structural-similarity",
    summary =
        "How alike pairs of generated pictures are, beside real ones; rises as modes are lost",
    paper = "arXiv:1610.09585, section 4.2")
final class StructuralSimilarity implements Metric {

  private static final int SMALLEST = 8;

  record Options(
      @Description("pairs of each kind to compare, at most") @DefaultValue("500") @Positive
          int pairs,
      @Description("scales to compare at, at most; small pictures have fewer")
          @DefaultValue("5")
          @Min(1)
          @Max(SimilarityIndex.MOST_SCALES)
          int scales) {}

  private final Options options;

  @Inject
  StructuralSimilarity(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(Dataset dataset) {
    pictures(dataset);
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    DatasetField field = pictures(evaluation.dataset());
    int fake = Math.min(options.pairs(), evaluation.sampleCount() / 2);
    int real = Math.min(options.pairs(), RealSamples.availableCount(evaluation.dataset()) / 2);
    if (fake < 1 || real < 1) {
      throw new UnusableComponentException("one sample is no pair; two are least");
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("structural-similarity", mean(generated(evaluation, 2 * fake, field), field));
    figures.put(
        "structural-similarity-real",
        mean(
            RealSamples.draw(
                evaluation.dataset(),
                2 * real,
                evaluation.randomStreams().at("structural-similarity-real")),
            field));
    return figures;
  }

  private static DatasetField pictures(Dataset dataset) {
    DatasetField field =
        dataset
            .field(DatasetField.IMAGE)
            .orElseThrow(
                () ->
                    new UnusableComponentException("this data set has no field image to compare"));
    Shape shape = field.shape();
    if (shape.dimension() != 3 || Math.min(shape.get(1), shape.get(2)) < SMALLEST) {
      throw new UnusableComponentException(
          "structure is compared in pictures of "
              + SMALLEST
              + " pixels a side or more, and samples of this data set have shape "
              + shape);
    }
    return field;
  }

  private static List<float[]> generated(
      EvaluationContext evaluation, int count, DatasetField field) {
    try (NDArray samples = evaluation.samples()) {
      float[] values = samples.toFloatArray();
      List<float[]> pictures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        pictures.add(Arrays.copyOfRange(values, i * field.length(), (i + 1) * field.length()));
      }
      return pictures;
    }
  }

  /** Over the pairs of each picture of even place and the next. */
  private double mean(List<float[]> pictures, DatasetField field) {
    int scales = scales(field.shape());
    double sum = 0;
    for (int i = 0; i < pictures.size(); i += 2) {
      sum +=
          SimilarityIndex.of(
              planes(pictures.get(i), field), planes(pictures.get(i + 1), field), scales);
    }
    return 2 * sum / pictures.size();
  }

  private int scales(Shape shape) {
    int scales = 1;
    for (long side = Math.min(shape.get(1), shape.get(2)) / 2; side >= SMALLEST; side /= 2) {
      scales++;
    }
    return Math.min(scales, options.scales());
  }

  private static List<ImageChannel> planes(float[] picture, DatasetField field) {
    int height = Math.toIntExact(field.shape().get(1));
    int width = Math.toIntExact(field.shape().get(2));
    List<ImageChannel> planes = new ArrayList<>();
    for (int from = 0; from < picture.length; from += height * width) {
      double[] values = new double[height * width];
      for (int i = 0; i < values.length; i++) {
        double share = (picture[from + i] - field.low()) / (field.high() - field.low());
        values[i] = Math.round(255 * Math.max(0, Math.min(1, share)));
      }
      planes.add(new ImageChannel(height, width, values));
    }
    return planes;
  }
}
