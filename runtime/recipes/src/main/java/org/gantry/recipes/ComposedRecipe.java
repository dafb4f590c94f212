package org.gantry.recipes;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gantry.components.ComponentInfo;
import org.gantry.components.PluginJar;
import org.gantry.data.DataInventory;
import org.gantry.metric.Metric;
import org.gantry.recipes.text.RecipeException;
import org.gantry.sampler.Sampler;
import org.gantry.training.BoundComponent;
import org.gantry.training.TrainingGraph;

/**
 * A recipe with its components created and its training graph built and checked.
 *
 * @param name the recipe's name, after which run folders are named
 * @param graph the training graph, before any scheduled change
 * @param settings how long to train, on what batches, and what to record
 * @param metrics the metrics of an evaluation
 * @param sampler draws samples
 * @param components every component used
 * @param plugins the jars of the components, by name
 * @param yaml the resolved recipe, with every option written out and every component pinned to its
 *     bundle and version; reading it gives the same composition
 * @param watchdogs the watchdogs, with their remedies
 * @param rateFactors the learning rate factors of players that the recipe configures, by name
 * @param schedule the changes that take effect during training, in order
 * @param inventories the files of the data sets that are read from files
 * @param networkFiles the files that networks start from
 * @param recomposer composes the recipe again under further changes; throws {@link RecipeException}
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
    List<DataInventory> inventories,
    List<NetworkFile> networkFiles,
    Function<List<Recipes.Change>, ComposedRecipe> recomposer) {

  /** Copies the lists. */
  public ComposedRecipe {
    metrics = List.copyOf(metrics);
    components = List.copyOf(components);
    plugins = List.copyOf(plugins);
    watchdogs = List.copyOf(watchdogs);
    rateFactors = Map.copyOf(rateFactors);
    schedule = List.copyOf(schedule);
    inventories = List.copyOf(inventories);
    networkFiles = List.copyOf(networkFiles);
  }

  /** Creates a recipe whose data sets and networks are not read from files. */
  public ComposedRecipe(
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
    this(
        name,
        graph,
        settings,
        metrics,
        sampler,
        components,
        plugins,
        yaml,
        watchdogs,
        rateFactors,
        schedule,
        List.of(),
        List.of(),
        recomposer);
  }

  /** Creates a recipe without jars, watchdogs and schedule, which cannot be changed. */
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
          throw new UnsupportedOperationException("this recipe cannot be changed");
        });
  }

  /** Returns what to report about the recipe: which files its data sets found and left out. */
  public List<String> notes() {
    return inventories.stream().map(DataInventory::summary).distinct().toList();
  }

  /** Returns the metrics, each with a use of the networks that it evaluates. */
  public List<MetricEvaluation> evaluations() {
    return MetricEvaluation.of(metrics, graph.metricSubjects());
  }

  /** Returns the number of steps of the training, with every scheduled change that it reaches. */
  public long totalSteps() {
    long steps = settings.steps();
    for (ScheduledChange change : schedule) {
      // A change at the last step still counts, so that it can extend the training.
      if (change.after() <= steps) {
        steps = change.steps().orElse(steps);
      }
    }
    return steps;
  }

  /**
   * Composes the recipe again under further changes. Does not check its schedule again.
   *
   * @return this recipe if there are no changes
   * @throws RecipeException if the changes do not fit
   */
  public ComposedRecipe withChanges(List<Recipes.Change> changes) {
    return changes.isEmpty() ? this : recomposer.apply(changes);
  }
}
