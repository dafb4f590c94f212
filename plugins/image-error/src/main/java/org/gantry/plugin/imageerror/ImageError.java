package org.gantry.plugin.imageerror;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;

/**
 * How far each sample is from its real counterpart, such as a translation from the image that it
 * should be: {@code mean-absolute-error}, as a share of the range of the data; {@code
 * mean-squared-error}, as a share of the squared range; and {@code peak-signal-noise-ratio} (PSNR)
 * in decibels, the mean over the samples. Samples are clipped to the range, and for the ratio
 * rounded to 8 bits. The ratio of a sample that equals its counterpart counts as 100.
 *
 * <p>Of a sample that is made of an image of its own shape, {@code given-mean-squared-error} is the
 * error of that image: what a network makes that changes nothing.
 *
 * <p>An error says little about blur, so {@code sharpness} is the mean absolute difference of a
 * pixel from its right neighbour plus that from its lower one, as a share of the range; {@code
 * real-sharpness} is that of the counterparts. Both are for pictures alone.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "image-error",
    summary = "Mean absolute error and PSNR of samples against their real counterparts")
final class ImageError implements Metric {

  /** The squared error at a ratio of 100 decibels. */
  private static final double LEAST_SQUARE = 1e-10;

  @Override
  public void requireCompatible(MetricSubject subject) {
    DatasetField field = subject.requireCounterpart().field();
    if (!field.shape().equals(subject.use().output().shape())) {
      throw new UnusableComponentException(
          "the samples of %s have the shape %s, and their counterparts have the shape %s"
              .formatted(subject.use().name(), subject.use().output().shape(), field.shape()));
    }
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 50;
  }

  /** Each sample has one counterpart, whatever the size of the data set. */
  @Override
  public int realSamples(MetricSubject subject) {
    return Integer.MAX_VALUE;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(
        QualityFigure.lower("mean-absolute-error"),
        QualityFigure.lower("mean-squared-error"),
        QualityFigure.higher("peak-signal-noise-ratio"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    DatasetField field = evaluation.subject().requireCounterpart().field();
    NDArray real =
        evaluation
            .counterparts()
            .orElseThrow(() -> new UnusableComponentException("the samples have no counterparts"));
    int count = evaluation.sampleCount();
    double range = field.high() - field.low();
    try (NDArray samples = evaluation.samples();
        NDArray clipped = samples.clip(field.low(), field.high());
        NDArray difference = clipped.sub(real).abs().reshape(count, -1);
        NDArray absolute = difference.mean(new int[] {1});
        NDArray rounded = rounded(clipped, field).sub(rounded(real, field)).reshape(count, -1);
        NDArray square = difference.square().mean(new int[] {1});
        NDArray roundedSquare = rounded.square().mean(new int[] {1})) {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("mean-absolute-error", mean(absolute.toFloatArray()) / range);
      figures.put("mean-squared-error", mean(square.toFloatArray()) / (range * range));
      figures.put("peak-signal-noise-ratio", meanRatio(roundedSquare.toFloatArray(), range));
      givenError(evaluation, real)
          .ifPresent(error -> figures.put("given-mean-squared-error", error / (range * range)));
      if (real.getShape().dimension() == 4) {
        figures.put("sharpness", sharpness(clipped) / range);
        figures.put("real-sharpness", sharpness(real) / range);
      }
      return figures;
    }
  }

  /** The mean squared error of the only given image of the samples' shape. */
  private static OptionalDouble givenError(EvaluationContext evaluation, NDArray real) {
    ModelUse use = evaluation.use();
    List<String> images =
        use.inputs().stream()
            .filter(input -> input.fromData() && input.field().type() == ValueType.IMAGE)
            .filter(input -> input.field().shape().equals(use.output().shape()))
            .map(ModelInput::name)
            .toList();
    if (images.size() != 1) {
      return OptionalDouble.empty();
    }
    try (NDArray given = evaluation.field(images.get(0)).orElseThrow();
        NDArray difference = given.sub(real);
        NDArray square = difference.square();
        NDArray mean = square.mean()) {
      return OptionalDouble.of(mean.getFloat());
    }
  }

  /** The values that a picture of 8 bits has. */
  private static NDArray rounded(NDArray clipped, DatasetField field) {
    float step = (float) (field.high() - field.low()) / 255;
    float low = (float) field.low();
    return clipped.sub(low).div(step).round().mul(step).add(low);
  }

  private static double sharpness(NDArray images) {
    return meanStep(images, 3) + meanStep(images, 2);
  }

  /** The mean absolute difference of neighbours along an axis; 0 if there are none. */
  private static double meanStep(NDArray images, int axis) {
    long side = images.getShape().get(axis);
    if (side < 2) {
      return 0;
    }
    NDIndex first = new NDIndex(":, :" + (axis == 3 ? ", :" : "") + ", :{}", side - 1);
    NDIndex second = new NDIndex(":, :" + (axis == 3 ? ", :" : "") + ", 1:");
    try (NDArray before = images.get(first);
        NDArray after = images.get(second);
        NDArray difference = after.sub(before);
        NDArray absolute = difference.abs();
        NDArray mean = absolute.mean()) {
      return mean.getFloat();
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double meanRatio(float[] squares, double range) {
    double sum = 0;
    for (float square : squares) {
      sum += -10 * Math.log10(Math.max(LEAST_SQUARE, square / (range * range)));
    }
    return sum / squares.length;
  }
}
