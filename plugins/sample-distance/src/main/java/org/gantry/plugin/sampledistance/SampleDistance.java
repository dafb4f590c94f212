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
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.RealSamples;

/**
 * The mean Euclidean distance between two generated samples, {@code sample-distance}, and between
 * two real samples, {@code sample-distance-real}. The mean is over all pairs; the distance is over
 * all values of a sample. A collapsed generator comes close to 0, whatever its losses are. The
 * metric needs no labels, and it does not measure quality: noise has large distances.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "sample-distance",
    summary =
        "Mean distance between generated samples, and between real ones; falls as modes"
            + " are lost")
final class SampleDistance implements Metric {

  record Options(
      @Description("the largest number of samples of each kind to compare")
          @DefaultValue("500")
          @Min(2) int samples) {}

  private final Options options;

  @Inject
  SampleDistance(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.image();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 100;
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    RealSamples.field(evaluation.dataset());
    int real = Math.min(options.samples(), RealSamples.availableCount(evaluation.dataset()));
    int fake = Math.min(options.samples(), evaluation.sampleCount());
    if (real < 2 || fake < 2) {
      throw new UnusableComponentException("the metric needs at least two samples");
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("sample-distance", meanDistance(evaluation.firstSamples(fake)));
    figures.put(
        "sample-distance-real",
        meanDistance(
            RealSamples.draw(
                evaluation.dataset(),
                real,
                evaluation.randomStreams().at("sample-distance-real"))));
    return figures;
  }

  /** The mean distance over all pairs of at least two vectors of equal length. */
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
