package org.gantry.recipes;

import java.util.List;
import org.gantry.components.ComponentInfo;
import org.gantry.metric.Metric;
import org.gantry.sampler.Sampler;
import org.gantry.training.Bound;
import org.gantry.training.TrainingGraph;

/**
 * A recipe whose components are created and whose training graph is built and checked.
 *
 * @param name the recipe's name, which names run folders
 * @param graph the graph, with the composition behind it
 * @param settings how long to train and what to write down
 * @param metrics what to evaluate
 * @param sampler how to produce samples
 * @param components every component used, for the run's record
 * @param yaml the recipe as resolved: every option spelled out, components qualified and pinned to
 *     their versions; reading it gives the same composition
 */
public record Composed(
    String name,
    TrainingGraph graph,
    Settings settings,
    List<Bound<Metric>> metrics,
    Bound<Sampler> sampler,
    List<ComponentInfo> components,
    String yaml) {

  /** Copies the lists. */
  public Composed {
    metrics = List.copyOf(metrics);
    components = List.copyOf(components);
  }
}
