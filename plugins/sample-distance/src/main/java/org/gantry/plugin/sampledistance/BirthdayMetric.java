package org.gantry.plugin.sampledistance;

import jakarta.inject.Inject;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Arrays;
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
import org.gantry.metric.QualityFigure;
import org.gantry.metric.RealSamples;

/**
 * The birthday paradox test: estimates how many distinct samples a generator makes. If s random
 * samples contain a near-duplicate with probability one half, the support has about s^2 elements at
 * most (arXiv:1706.08224, section 2).
 *
 * <p>Two samples are near-duplicates if their Euclidean distance is at most a low quantile of
 * nearest-neighbour distances among real samples. The test detects copies and images that are
 * almost equal, but not shifted objects. Copies of real samples count like any others.
 *
 * <p>The metric reports these values: {@code birthday-batch}, the median number of draws until two
 * samples are near-duplicates; {@code birthday-support}, its square; {@code
 * birthday-support-uniform}, the support size if all samples were equally likely, which is 0.72
 * times as large; {@code birthday-pairs}, the number of near-duplicate pairs among all samples; and
 * {@code birthday-threshold}, their largest distance. With few pairs the other values are rough.
 * With none they are lower bounds, because the batch is then the number of samples plus one.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "birthday",
    summary =
        "Birthday paradox test: the number of distinct samples, estimated from"
            + " near-duplicates",
    paper = "arXiv:1706.08224, section 2")
final class BirthdayMetric implements Metric {

  record Options(
      @Description("the largest number of generated samples to compare")
          @DefaultValue("2500")
          @Min(2) int samples,
      @Description("the largest number of real samples that set the threshold")
          @DefaultValue("2000")
          @Min(2) int real,
      @Description(
              "the quantile of nearest-neighbour distances among real samples that is the"
                  + " threshold")
          @DefaultValue("0.001")
          @Positive @DecimalMax("1") double quantile,
      @Description("how many times samples are drawn until two are near-duplicates")
          @DefaultValue("1000")
          @Positive int trials) {}

  private final Options options;

  @Inject
  BirthdayMetric(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    subject.image();
  }

  @Override
  public int leastSamples(MetricSubject subject) {
    return 500;
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(QualityFigure.higher("birthday-support"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    RealSamples.field(evaluation.dataset());
    int real = Math.min(options.real(), RealSamples.availableCount(evaluation.dataset()));
    int fake = Math.min(options.samples(), evaluation.sampleCount());
    if (real < 2 || fake < 2) {
      throw new UnusableComponentException("the metric needs at least two samples");
    }
    double threshold =
        quantile(
            SampleVectors.nearestDistances(
                RealSamples.draw(
                    evaluation.dataset(), real, evaluation.randomStreams().at("birthday-real"))));
    List<float[]> samples = evaluation.firstSamples(fake);
    NearDuplicates duplicates = NearDuplicates.among(samples, threshold);
    int batch =
        duplicates.medianBatch(options.trials(), evaluation.randomStreams().at("birthday-draws"));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("birthday-batch", (double) batch);
    figures.put("birthday-support", (double) batch * batch);
    figures.put("birthday-support-uniform", uniformSupport(batch));
    figures.put("birthday-pairs", (double) duplicates.pairCount());
    figures.put("birthday-threshold", threshold);
    return figures;
  }

  private double quantile(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(options.quantile() * sorted.length) - 1];
  }

  /**
   * The support size n for which a batch of s samples has a collision with probability one half, if
   * all samples are equally likely. It uses the approximation 1 - exp(-s^2 / 2n) of that
   * probability.
   */
  static double uniformSupport(double batch) {
    return batch * batch / (2 * Math.log(2));
  }
}
