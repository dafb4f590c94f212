package org.gantry.plugin.sampledistance;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
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
 * The mean Euclidean distance from a generated sample to the nearest real one, {@code
 * nearest-real}, and from a real sample to the nearest other one, {@code nearest-real-real}. The
 * distance is over all values of a sample. Samples that resemble nothing in the data lie far away,
 * and copies of the data at 0, so the second figure is the one to compare with.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "nearest-real",
    summary = "Mean distance from generated samples to the nearest real one",
    paper = "arXiv:1612.00005, section 3.4")
final class NearestReal implements Metric {

  record Options(
      @Description("the largest number of generated samples") @DefaultValue("500") @Min(1) int samples,
      @Description("the largest number of real samples to search") @DefaultValue("5000") @Min(2) int real) {}

  private final Options options;

  @Inject
  NearestReal(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.image();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 50;
  }

  @Override
  public int realSamples(MetricSubject subject) {
    return Math.min(options.real(), RealSamples.availableCount(subject.dataset()));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    int count = Math.min(options.real(), RealSamples.availableCount(evaluation.dataset()));
    if (count < 2) {
      throw new UnusableComponentException("the metric needs at least two real samples");
    }
    RandomGenerator random = evaluation.randomStreams().at("nearest-real");
    List<float[]> real = RealSamples.draw(evaluation.dataset(), count, random);
    List<float[]> made =
        evaluation.firstSamples(Math.min(options.samples(), evaluation.sampleCount()));
    int compared = Math.min(options.samples(), count);
    double sum = 0;
    for (int i = 0; i < compared; i++) {
      float[] sample = real.get(i);
      sum += SampleVectors.nearest(sample, real.stream().filter(r -> r != sample).toList());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(
        "nearest-real",
        made.stream().mapToDouble(m -> SampleVectors.nearest(m, real)).average().orElseThrow());
    figures.put("nearest-real-real", sum / compared);
    return figures;
  }
}
