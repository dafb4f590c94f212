package org.gantry.plugin.imagedetail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.DatasetField;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.RealSamples;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.tensor.FloatArrays;

/**
 * How much fine detail images have, in the units of the data: {@code detail-energy} is the mean
 * square of what an image has in addition to the means of its squares of 2 x 2 pixels, and {@code
 * real-detail-energy} is that of real images. Blurred images have less than real ones.
 *
 * <p>If each sample has a real counterpart, as a refined image has, the metric draws the sample
 * several times:
 *
 * <ul>
 *   <li>{@code closest-error}: the root of the mean square by which the closest of the draws
 *       differs from the counterpart;
 *   <li>{@code coarse-error}: the same for the counterpart's own means of 2 x 2 pixels, which have
 *       no detail. Details help if the first is smaller;
 *   <li>{@code draw-deviation}: the standard deviation of a pixel over the draws.
 * </ul>
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "image-detail",
    summary = "The energy of fine detail of samples and of real images, and the error of details",
    paper = "arXiv:1506.05751, section 3.2; arXiv:1609.04802, section 3")
final class ImageDetail implements Metric {

  record Options(
      @Description("how often each sample with a counterpart is drawn")
          @DefaultValue("8")
          @Min(2) @Max(1000) int draws,
      @Description("the largest number of samples that are drawn so often")
          @DefaultValue("256")
          @Min(1) @Max(100_000) int repeated) {}

  private final Options options;

  @Inject
  ImageDetail(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    Shape shape = subject.image().shape();
    if (shape.dimension() != 3 || Math.min(shape.get(1), shape.get(2)) < 2) {
      throw new UnusableComponentException(
          "image-detail needs images with sides of at least 2 pixels, not samples of shape "
              + shape);
    }
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 100;
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    requireCompatible(evaluation.subject());
    Map<String, Double> figures = new LinkedHashMap<>();
    try (NDArray samples = evaluation.samples();
        NDArray real = realImages(evaluation)) {
      figures.put("detail-energy", energy(samples));
      figures.put("real-detail-energy", energy(real));
    }
    if (evaluation.use().counterpart().isPresent()) {
      evaluation.counterparts().ifPresent(right -> addErrors(evaluation, right, figures));
    }
    return figures;
  }

  private static double energy(NDArray images) {
    try (NDManager scratch = images.getManager().newSubManager()) {
      NDArray view = images.reshape(images.getShape());
      view.attach(scratch);
      return mean(FineDetail.meanSquares(FineDetail.of(view)));
    }
  }

  private static NDArray realImages(EvaluationContext evaluation) {
    DatasetField field = RealSamples.field(evaluation.dataset());
    int count =
        Math.min(evaluation.sampleCount(), RealSamples.availableCount(evaluation.dataset()));
    List<float[]> images =
        RealSamples.draw(
            evaluation.dataset(), count, evaluation.randomStreams().at("image-detail"));
    return FloatArrays.fill(
        evaluation.manager(),
        new Shape(count).addAll(field.shape()),
        (FloatBuffer buffer) -> images.forEach(buffer::put));
  }

  /** Adds the figures of the samples with a counterpart. */
  private void addErrors(EvaluationContext evaluation, NDArray all, Map<String, Double> figures) {
    TrainedModel model = evaluation.trainedModel();
    ModelUse use = evaluation.use();
    int count = Math.min(options.repeated(), evaluation.sampleCount());
    try (NDManager scratch = evaluation.manager().newSubManager()) {
      all.attach(scratch);
      NDArray right = all.get(":" + count);
      NDArray closest = null;
      NDArray sum = null;
      NDArray squares = null;
      for (int draw = 0; draw < options.draws(); draw++) {
        NDArray made = model.make(use, inputs(evaluation, model, use, count));
        made.attach(scratch);
        NDArray error = FineDetail.meanSquares(made.sub(right));
        closest = closest == null ? error : closest.minimum(error);
        sum = sum == null ? made : sum.add(made);
        squares = squares == null ? made.square() : squares.add(made.square());
      }
      NDArray mean = sum.div(options.draws());
      NDArray variance = squares.div(options.draws()).sub(mean.square()).maximum(0);
      figures.put("closest-error", mean(closest.sqrt()));
      figures.put("coarse-error", mean(FineDetail.meanSquares(FineDetail.of(right)).sqrt()));
      figures.put("draw-deviation", mean(variance.sqrt()));
    }
  }

  /** The fields of the first samples, and new codes. */
  private static Map<String, NDArray> inputs(
      EvaluationContext evaluation, TrainedModel model, ModelUse use, int count) {
    Map<String, NDArray> inputs = new HashMap<>();
    for (ModelInput input : use.inputs()) {
      Optional<NDArray> field = evaluation.field(input.name());
      inputs.put(
          input.name(),
          field
              .map(values -> values.get(":" + count))
              .orElseGet(() -> model.drawCodes(input, count)));
    }
    return inputs;
  }

  private static double mean(NDArray values) {
    return values.mean().getFloat();
  }
}
