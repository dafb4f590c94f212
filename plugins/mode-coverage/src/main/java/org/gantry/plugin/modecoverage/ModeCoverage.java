package org.gantry.plugin.modecoverage;

import ai.djl.ndarray.NDArray;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Positive;
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

/**
 * Which modes of a mixture of Gaussians the generator found. Every sample counts for its nearest
 * centre; it is of high quality within three standard deviations of it. In two dimensions a perfect
 * generator reaches a high-quality share of 1 - exp(-4.5) = 0.989.
 *
 * <p>Figures: {@code modes}, centres with a high-quality sample; {@code modes-one-percent}, centres
 * whose high-quality samples are at least 1 % of all; {@code high-quality}, the share of such
 * samples; {@code reverse-kl}, the divergence in nats of their distribution over centres from the
 * uniform one, left out when there is no such sample.
 */
@Component(
    kind = ComponentKind.METRIC,
    name = "mode-coverage",
    summary = "Modes found, share of samples near a mode, and imbalance, on mixtures of Gaussians",
    paper = "arXiv:1705.07761, section 4.1; arXiv:1712.04086, section 4.1")
final class ModeCoverage implements Metric {

  record Options(
      @Description("how far from its centre a sample is of high quality, in standard deviations")
          @DefaultValue("3")
          @Positive
          double deviations) {}

  private final Options options;

  @Inject
  ModeCoverage(Options options) {
    this.options = options;
  }

  @Override
  public void requireCompatible(Dataset dataset) {
    mixture(dataset);
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
        "modes can be counted on a mixture of Gaussians only, such as gaussian-ring or"
            + " gaussian-grid, and this data set is none");
  }
}
