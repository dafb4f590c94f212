package org.gantry.plugin.sampledistance;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
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
 * The mean Euclidean distance between two generated samples, {@code sample-distance}, and between
 * two real ones, {@code sample-distance-real}, over all pairs and all values of a sample. A
 * generator that has collapsed comes near 0, whatever its losses say. It needs no labels, and says
 * nothing of how good a sample is: noise lies far apart.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "sample-distance",
    summary = "How far generated samples lie apart, beside real ones; falls as modes are lost")
final class SampleDistance implements Metric {

  record Options(
      @Description("samples of each kind to compare, at most") @DefaultValue("500") @Min(2)
          int samples) {}

  private final Options options;

  @Inject
  SampleDistance(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(Dataset dataset) {
    if (dataset.field(DatasetField.IMAGE).isEmpty()) {
      throw new UnusableComponentException("this data set has no field image to compare");
    }
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    requireCompatible(evaluation.dataset());
    int real = Math.min(options.samples(), RealSamples.availableCount(evaluation.dataset()));
    int fake = Math.min(options.samples(), evaluation.sampleCount());
    if (real < 2 || fake < 2) {
      throw new UnusableComponentException("one sample has no distance; two are least");
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("sample-distance", meanDistance(SampleVectors.generated(evaluation, fake)));
    figures.put(
        "sample-distance-real",
        meanDistance(
            RealSamples.draw(
                evaluation.dataset(),
                real,
                evaluation.randomStreams().at("sample-distance-real"))));
    return figures;
  }

  /** The mean over all pairs; at least two vectors of equal length. */
  static double meanDistance(List<float[]> vectors) {
    double sum = 0;
    for (int i = 1; i < vectors.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += SampleVectors.distance(vectors.get(i), vectors.get(j));
      }
    }
    return sum / (vectors.size() * (vectors.size() - 1) / 2.0);
  }
}
