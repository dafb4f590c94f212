package org.gantry.experiments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.experiments.internal.ExperimentReader;
import org.gantry.recipes.text.RecipeException;
import org.gantry.recipes.text.SourcePosition;

/**
 * A series of trainings that somebody declared, and what should come of it.
 *
 * @param name names it on the command line
 * @param summary one line on what it shows
 * @param paper where it comes from; empty if from nowhere
 * @param seeds the seeds that every variant is trained under
 * @param variants what is compared, in the order of tables
 * @param metrics what is measured of every training, by the name that tables and claims give it
 * @param charts what is drawn beside samples, in order
 * @param published what others have measured
 * @param claims what should hold of the measured values
 * @param notes what a reader should know, as sentences
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

  /**
   * What somebody else has measured.
   *
   * @param label of the row
   * @param values as texts such as {@code 6.3 ± 0.5}, by metric
   * @param source where it was published
   * @param variant what it is held against in charts
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
   * @param name its name unless it gives itself one
   * @param text YAML
   * @param start the place of its first character
   * @throws RecipeException if the text is no experiment, with all that is wrong
   */
  public static Experiment read(String name, String text, SourcePosition start) {
    return ExperimentReader.read(name, text, start);
  }
}
