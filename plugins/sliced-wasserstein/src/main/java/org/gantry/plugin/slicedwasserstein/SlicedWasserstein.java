package org.gantry.plugin.slicedwasserstein;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
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
import org.gantry.metric.QualityFigure;
import org.gantry.metric.RealSamples;

/**
 * The sliced Wasserstein distance between generated and real samples. It compares equally many of
 * both: at most the generated samples, the option, and half of a finite data set. The other half of
 * the data set gives a baseline between real samples.
 *
 * <p>Images with sides of at least 16 pixels are compared by the 7x7 patches of every level of
 * their Laplacian pyramids, normalised per channel within each set (arXiv:1710.10196, section 5).
 * The values are {@code sliced-wasserstein-28} and so on, by the side of the level, and their mean
 * {@code sliced-wasserstein}, all times 1,000. They do not see the overall brightness and contrast
 * of a level. A grey image counts as a colour image with three equal channels.
 *
 * <p>All other samples are compared as vectors. The values are {@code sliced-wasserstein}, the mean
 * Wasserstein-1 distance, and {@code sliced-wasserstein-2}, the root of the mean squared
 * Wasserstein-2 distance. {@code sliced-wasserstein-real} is {@code sliced-wasserstein} between two
 * sets of real samples; a perfect generator reaches it.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "sliced-wasserstein",
    summary =
        "Sliced Wasserstein distance between generated and real samples, per Laplacian"
            + " pyramid level for images",
    paper = "arXiv:1710.10196, section 5")
final class SlicedWasserstein implements Metric {

  private static final double SCALE = 1000;
  private static final int COLOURS = 3;

  record Options(
      @Description("the largest number of samples of each kind to compare")
          @DefaultValue("1024")
          @Min(2) int samples,
      @Description("random patches per image and level") @DefaultValue("128") @Positive int neighbourhoods,
      @Description("the number of random directions") @DefaultValue("512") @Positive int directions) {}

  private final Options options;

  @Inject
  SlicedWasserstein(Options options) {
    this.options = options;
  }

  /** The samples to compare, one array of values per sample. */
  private record SampleSets(List<float[]> fake, List<float[]> real, List<float[]> otherReal) {}

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.image();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 250;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(QualityFigure.lower("sliced-wasserstein"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    DatasetField field = RealSamples.field(evaluation.dataset());
    SampleSets sets = sets(evaluation);
    try (NDManager manager = evaluation.manager().newSubManager()) {
      return LaplacianPyramids.supports(field.shape())
          ? compareLevels(evaluation, manager, new LaplacianPyramids(field.shape()), sets)
          : compareVectors(evaluation, manager, sets);
    }
  }

  private SampleSets sets(EvaluationContext evaluation) {
    Dataset dataset = evaluation.dataset();
    int count =
        Math.min(
            Math.min(evaluation.sampleCount(), options.samples()),
            RealSamples.availableCount(dataset) / 2);
    if (count < 1) {
      throw new UnusableComponentException("the data set needs at least two samples");
    }
    List<float[]> real =
        RealSamples.draw(
            dataset, 2 * count, evaluation.randomStreams().at("sliced-wasserstein-real"));
    return new SampleSets(
        evaluation.firstSamples(count), real.subList(0, count), real.subList(count, 2 * count));
  }

  private Map<String, Double> compareVectors(
      EvaluationContext evaluation, NDManager manager, SampleSets sets) {
    NDArray real = matrix(manager, sets.real());
    NDArray fake = matrix(manager, sets.fake());
    NDArray directions =
        SlicedDistance.directions(
            manager,
            Math.toIntExact(real.getShape().get(1)),
            options.directions(),
            evaluation.randomStreams().at("sliced-wasserstein-directions"));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("sliced-wasserstein", SlicedDistance.distance(fake, real, directions, 1));
    figures.put(
        "sliced-wasserstein-2", Math.sqrt(SlicedDistance.distance(fake, real, directions, 2)));
    NDArray otherReal = matrix(manager, sets.otherReal());
    figures.put("sliced-wasserstein-real", SlicedDistance.distance(otherReal, real, directions, 1));
    return figures;
  }

  private static NDArray matrix(NDManager manager, List<float[]> rows) {
    Shape shape = new Shape(rows.size(), rows.get(0).length);
    return org.gantry.tensor.FloatArrays.fill(manager, shape, buffer -> rows.forEach(buffer::put));
  }

  private Map<String, Double> compareLevels(
      EvaluationContext evaluation,
      NDManager manager,
      LaplacianPyramids pyramids,
      SampleSets sets) {
    List<Double> fake = levels(evaluation, manager, pyramids, sets.fake(), sets.real());
    List<Double> real = levels(evaluation, manager, pyramids, sets.otherReal(), sets.real());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("sliced-wasserstein", mean(fake));
    for (int level = 0; level < fake.size(); level++) {
      figures.put("sliced-wasserstein-" + pyramids.sides().get(level), fake.get(level));
    }
    figures.put("sliced-wasserstein-real", mean(real));
    return figures;
  }

  private List<Double> levels(
      EvaluationContext evaluation,
      NDManager parent,
      LaplacianPyramids pyramids,
      List<float[]> first,
      List<float[]> second) {
    try (NDManager manager = parent.newSubManager()) {
      List<NDArray> a = descriptors(evaluation, manager, pyramids, first, 0);
      List<NDArray> b = descriptors(evaluation, manager, pyramids, second, 1);
      List<Double> distances = new ArrayList<>();
      for (int level = 0; level < a.size(); level++) {
        distances.add(SCALE * distance(evaluation, manager, a.get(level), b.get(level), level));
      }
      return distances;
    }
  }

  private List<NDArray> descriptors(
      EvaluationContext evaluation,
      NDManager manager,
      LaplacianPyramids pyramids,
      List<float[]> images,
      int set) {
    return pyramids.descriptors(
        manager,
        images,
        options.neighbourhoods(),
        evaluation.randomStreams().at("sliced-wasserstein-places", set));
  }

  /** Processes the directions in blocks, which bounds the memory of the projections. */
  private double distance(
      EvaluationContext evaluation, NDManager parent, NDArray first, NDArray second, int level) {
    int block = 64;
    double sum = 0;
    for (int from = 0; from < options.directions(); from += block) {
      int count = Math.min(block, options.directions() - from);
      try (NDManager manager = parent.newSubManager()) {
        NDArray directions =
            ofColour(
                SlicedDistance.directions(
                    manager,
                    COLOURS * PatchDescriptors.SIDE * PatchDescriptors.SIDE,
                    count,
                    evaluation.randomStreams().at("sliced-wasserstein-directions", level, from)),
                first.getShape().get(1));
        sum += count * SlicedDistance.distance(first, second, directions, 1);
      }
    }
    return sum / options.directions();
  }

  /**
   * Directions for descriptors of three channels. For one channel, the parts of each direction are
   * added up, which gives the same result as three equal channels.
   */
  private static NDArray ofColour(NDArray directions, long dimension) {
    long area = (long) PatchDescriptors.SIDE * PatchDescriptors.SIDE;
    return dimension == area
        ? directions.reshape(COLOURS, area, -1).sum(new int[] {0})
        : directions;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
