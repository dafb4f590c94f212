package org.gantry.experiments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gantry.experiments.definition.Experiment;
import org.gantry.experiments.definition.MetricSummary;
import org.gantry.experiments.definition.Variant;
import org.gantry.recipes.text.JsonFiles;

/**
 * The order of the combinations of a sweep.
 *
 * @param metric the value that ranks
 * @param higherFirst whether the highest mean comes first
 * @param sentence how the combinations are sorted
 */
public record SweepRanking(String metric, boolean higherFirst, String sentence) {

  /**
   * Sorts by what is better; if that is unknown, the lowest mean comes first.
   *
   * @param higherIsBetter the user's choice, if there is one
   */
  public static SweepRanking of(SweepMetrics metrics, Optional<Boolean> higherIsBetter) {
    Optional<Boolean> known = higherIsBetter.or(metrics::higherIsBetter);
    boolean higher = known.orElse(false);
    String order =
        "Sorted by %s, %s first".formatted(metrics.sortedBy(), higher ? "highest" : "lowest");
    return new SweepRanking(
        metrics.sortedBy(),
        higher,
        known.isPresent()
            ? order + "."
            : order
                + "; whether lower or higher is better is unknown, and '--better higher' turns the"
                + " order around.");
  }

  /**
   * Returns the results with the best combination first. A combination with failed trainings comes
   * after those without, and one without a value last.
   */
  public ExperimentResults ranked(ExperimentResults results) {
    Comparator<Variant> order =
        Comparator.<Variant>comparingInt(variant -> group(summary(results, variant)))
            .thenComparingDouble(
                variant -> (higherFirst ? -1 : 1) * summary(results, variant).mean());
    List<Variant> sorted = results.experiment().variants().stream().sorted(order).toList();
    Experiment experiment = results.experiment().withVariants(sorted, List.of(sentence));
    return new ExperimentResults(experiment, results.outcomes(), results.planned());
  }

  /** Returns ranked results as JSON, with the value that ranks and which values are better. */
  public String json(ExperimentResults ranked, String command) {
    ObjectNode json = ranked.toJson(command);
    json.put("sortedBy", metric).put("better", higherFirst ? "higher" : "lower");
    return JsonFiles.text(json);
  }

  /** Whether a combination has a value. */
  public boolean ranksAny(ExperimentResults results) {
    return results.experiment().variants().stream()
        .anyMatch(variant -> summary(results, variant).present() > 0);
  }

  private static int group(MetricSummary summary) {
    if (summary.present() == 0) {
      return 2;
    }
    return summary.present() < summary.count() ? 1 : 0;
  }

  private MetricSummary summary(ExperimentResults results, Variant variant) {
    return results.summary(variant, metric);
  }
}
