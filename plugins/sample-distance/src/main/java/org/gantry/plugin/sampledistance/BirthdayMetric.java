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
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.RealSamples;

/**
 * How many different samples a generator makes, from how few of them hold two that are alike: if
 * two of s do with a probability of one half, there are about s^2 at most (arXiv:1706.08224).
 *
 * <p>Two samples are alike if they are no further apart than all but the nearest neighbours among
 * real samples, by Euclidean distance over all values. That sees copies, and not the same thing
 * somewhere else in the picture; and copies of real samples count like any others.
 *
 * <p>Figures: {@code birthday-batch}, the fewest samples among which two are alike in half of the
 * draws; {@code birthday-support}, its square; {@code birthday-support-uniform}, the number of
 * samples that would be so, were all equally likely, which is 0.72 times as much; {@code
 * birthday-pairs}, how many pairs are alike among all samples, and {@code birthday-threshold}, up
 * to which distance. With few pairs the others are rough, and with none they are lower bounds: the
 * batch is one more than there are samples.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "birthday",
    summary =
        "How many different samples there are, by how few hold two alike; falls as modes are lost",
    paper = "arXiv:1706.08224")
final class BirthdayMetric implements Metric {

  record Options(
      @Description("generated samples to look for copies among, at most")
          @DefaultValue("2500")
          @Min(2)
          int samples,
      @Description("real samples that tell what counts as alike, at most")
          @DefaultValue("2000")
          @Min(2)
          int real,
      @Description("share of real samples that lie nearer to another than two that are alike")
          @DefaultValue("0.001")
          @Positive
          @DecimalMax("1")
          double quantile,
      @Description("how often samples are drawn until two are alike")
          @DefaultValue("1000")
          @Positive
          int trials) {}

  private final Options options;

  @Inject
  BirthdayMetric(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(Dataset dataset) {
    if (dataset.field(DatasetField.IMAGE).isEmpty()) {
      throw new UnusableComponentException("this data set has no field image to compare with");
    }
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    requireCompatible(evaluation.dataset());
    int real = Math.min(options.real(), RealSamples.availableCount(evaluation.dataset()));
    int fake = Math.min(options.samples(), evaluation.sampleCount());
    if (real < 2 || fake < 2) {
      throw new UnusableComponentException("no two of one sample are alike; two are least");
    }
    double threshold =
        quantile(
            SampleVectors.nearestDistances(
                RealSamples.draw(
                    evaluation.dataset(), real, evaluation.randomStreams().at("birthday-real"))));
    List<float[]> samples = SampleVectors.generated(evaluation, fake);
    NearDuplicates collision = NearDuplicates.among(samples, threshold);
    int batch =
        collision.medianBatch(options.trials(), evaluation.randomStreams().at("birthday-draws"));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("birthday-batch", (double) batch);
    figures.put("birthday-support", (double) batch * batch);
    figures.put("birthday-support-uniform", uniformSupport(batch));
    figures.put("birthday-pairs", (double) collision.pairCount());
    figures.put("birthday-threshold", threshold);
    return figures;
  }

  private double quantile(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(options.quantile() * sorted.length) - 1];
  }

  /**
   * The number n of equally likely samples of which s hold two alike with a probability of one
   * half, from that probability's approximation 1 - exp(-s^2 / 2n).
   */
  static double uniformSupport(double batch) {
    return batch * batch / (2 * Math.log(2));
  }
}
