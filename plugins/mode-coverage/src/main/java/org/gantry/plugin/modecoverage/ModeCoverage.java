package org.gantry.plugin.modecoverage;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Map;
import org.gantry.component.Component;
import org.gantry.component.ComponentKind;
import org.gantry.component.DefaultValue;
import org.gantry.component.Description;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.MixtureDataset;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.metric.QualityFigure;

/**
 * Counts the modes of a mixture of Gaussians that the generator reaches. Every sample belongs to
 * its nearest centre. It is of high quality within three standard deviations of the centre. In two
 * dimensions, a perfect generator has a high-quality share of 1 - exp(-4.5) = 0.989.
 *
 * <p>The metric reports these values: {@code modes}, the centres with a high-quality sample; {@code
 * modes-one-percent}, the centres whose high-quality samples are at least 1 % of all samples;
 * {@code high-quality}, the share of high-quality samples; and {@code reverse-kl}, the divergence
 * in nats of their distribution over centres from the uniform one, which is left out without a
 * high-quality sample.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "mode-coverage",
    summary = "Modes found, high-quality share and reverse KL, on mixtures of Gaussians",
    paper = "arXiv:1705.07761, section 4.1; arXiv:1712.04086, section 4.1")
final class ModeCoverage implements Metric {

  private static final int LEAST_SAMPLES = 500;
  private static final int SAMPLES_PER_MODE = 20;

  record Options(
      @Description("the radius of high quality around a centre, in standard deviations")
          @DefaultValue("3")
          @Positive double deviations) {}

  private final Options options;

  @Inject
  ModeCoverage(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(MetricSubject subject) {
    mixture(subject.dataset());
    subject.image();
  }

  /** Enough for several samples in 1 % of the data. */
  @Override
  public int leastSamples(MetricSubject subject) {
    int modes = mixture(subject.dataset()).centres().size();
    return Math.max(LEAST_SAMPLES, SAMPLES_PER_MODE * modes);
  }

  @Override
  public List<QualityFigure> qualityFigures(MetricSubject subject) {
    return List.of(
        QualityFigure.higher("modes"),
        QualityFigure.higher("modes-one-percent"),
        QualityFigure.higher("high-quality"),
        QualityFigure.lower("reverse-kl"));
  }

  @Override
  public Map<String, Double> evaluate(EvaluationContext evaluation) {
    MixtureDataset mixture = mixture(evaluation.dataset());
    double radius = options.deviations() * mixture.standardDeviation();
    try (NDArray samples = evaluation.samples()) {
      return ModeCounts.of(samples.toFloatArray(), mixture.centres(), radius).figures();
    }
  }

  private static MixtureDataset mixture(Dataset dataset) {
    if (dataset instanceof MixtureDataset mixture) {
      return mixture;
    }
    throw new UnusableComponentException(
        "mode-coverage needs a mixture of Gaussians, such as gaussian-ring or gaussian-grid");
  }
}
