package org.gantry.experiments.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;

/**
 * A declared series of trainings with claims about their results.
 *
 * @param name its name on the command line
 * @param summary what it shows, in one line
 * @param paper the paper that it follows; empty if none
 * @param seeds the seeds of the trainings of every variant
 * @param variants the compared methods, in the order of tables
 * @param metrics the measured values, by their names in tables and claims
 * @param charts the charts of its figure, in order
 * @param published published results for comparison
 * @param claims relations that should hold between the measured values
 * @param notes sentences that help to read the results
 */
public record Experiment(
    String name,
    String summary,
    String paper,
    List<Long> seeds,
    List<Variant> variants,
    Map<String, MetricDefinition> metrics,
    List<ChartSpec> charts,
    List<PublishedResult> published,
    List<Claim> claims,
    List<String> notes) {

  /** Copies the collections, in their order. */
  public Experiment {
    seeds = List.copyOf(seeds);
    variants = List.copyOf(variants);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    charts = List.copyOf(charts);
    published = List.copyOf(published);
    claims = List.copyOf(claims);
    notes = List.copyOf(notes);
  }

  /** Returns the experiment with other variants and notes. */
  public Experiment withVariants(List<Variant> others, List<String> sentences) {
    return new Experiment(
        name, summary, paper, seeds, others, metrics, charts, published, claims, sentences);
  }

  /**
   * A row of published results.
   *
   * @param label the name of the method
   * @param values texts such as {@code 6.3 ± 0.5}, by metric
   * @param source where it was published
   * @param variant the variant next to which charts show it; empty if none
   */
  public record PublishedResult(
      String label, Map<String, String> values, String source, Optional<String> variant) {

    /** Copies the map, in its order. */
    public PublishedResult {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Reads an experiment.
   *
   * @param name the name of the experiment
   * @param text YAML
   * @param start the position of its first character
   * @throws RecipeException if the text is not a valid experiment; lists all problems
   */
  public static Experiment read(String name, String text, SourcePosition start) {
    return ExperimentReader.read(name, text, start);
  }
}
