package org.gantry.recipes;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.metric.Metric;
import org.gantry.recipes.text.RecipeException;
import org.gantry.sampler.Sampler;
import org.gantry.training.BoundComponent;
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
 * @param plugins the jars that they come from, by name
 * @param yaml the recipe as resolved: every option spelled out, components qualified and pinned to
 *     their versions; reading it gives the same composition
 * @param watchdogs what looks out for trouble
 * @param rateFactors what the learning rates of players are multiplied by, where the recipe says so
 * @param schedule what is to change while it trains, in order; the graph is that of before
 * @param recomposer composes the same recipe under further changes; throws {@link RecipeException}
 *     if they do not fit
 */
public record ComposedRecipe(
    String name,
    TrainingGraph graph,
    TrainSettings settings,
    List<BoundComponent<Metric>> metrics,
    BoundComponent<Sampler> sampler,
    List<ComponentInfo> components,
    List<PluginJar> plugins,
    String yaml,
    List<WatchdogRule> watchdogs,
    Map<String, Double> rateFactors,
    List<ScheduledChange> schedule,
    Function<List<Recipes.Change>, ComposedRecipe> recomposer) {

  /** Copies the lists. */
  public ComposedRecipe {
    metrics = List.copyOf(metrics);
    components = List.copyOf(components);
    plugins = List.copyOf(plugins);
    watchdogs = List.copyOf(watchdogs);
    rateFactors = Map.copyOf(rateFactors);
    schedule = List.copyOf(schedule);
  }

  /** A composition of no jars, which nothing watches and which cannot be changed. */
  public ComposedRecipe(
      String name,
      TrainingGraph graph,
      TrainSettings settings,
      List<BoundComponent<Metric>> metrics,
      BoundComponent<Sampler> sampler,
      List<ComponentInfo> components,
      String yaml) {
    this(
        name,
        graph,
        settings,
        metrics,
        sampler,
        components,
        List.of(),
        yaml,
        List.of(),
        Map.of(),
        List.of(),
        changes -> {
          throw new UnsupportedOperationException("nothing can be changed here");
        });
  }

  /** The number of steps until the training is done, under every change that it lives to see. */
  public long totalSteps() {
    long steps = settings.steps();
    for (ScheduledChange change : schedule) {
      // Who is done at the very step goes on: that is how a training gets more steps.
      if (change.after() <= steps) {
        steps = change.steps().orElse(steps);
      }
    }
    return steps;
  }

  /**
   * The same recipe under further changes, whose schedule is not looked at again; itself if there
   * are none.
   */
  public ComposedRecipe withChanges(List<Recipes.Change> changes) {
    return changes.isEmpty() ? this : recomposer.apply(changes);
  }
}
