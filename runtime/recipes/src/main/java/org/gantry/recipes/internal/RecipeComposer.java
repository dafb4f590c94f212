package org.gantry.recipes.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.gantry.architecture.Architecture;
import org.gantry.component.UnusableComponentException;
import org.gantry.components.ComponentException;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.host.support.ErrorText;
import org.gantry.loss.Loss;
import org.gantry.metric.Metric;
import org.gantry.optimizer.Optimizer;
import org.gantry.prior.Prior;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.WatchdogRule;
import org.gantry.recipes.internal.Recipe.PlayerChoice;
import org.gantry.recipes.text.MessageWording;
import org.gantry.recipes.text.NearestName;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.Sampler;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.TrainingGraph;
import org.gantry.watchdog.Watchdog;

/** Creates a recipe's components and builds the training graph of them. */
final class RecipeComposer {

  private final ComponentRegistry components;
  private final ComponentCatalog catalog;
  private final SourcePosition start;
  private final ProblemCollector problems;

  /** Creates a composer for one recipe, which starts at the place. */
  RecipeComposer(
      ComponentRegistry components,
      ComponentCatalog catalog,
      SourcePosition start,
      ProblemCollector problems) {
    this.components = components;
    this.catalog = catalog;
    this.start = start;
    this.problems = problems;
  }

  /**
   * Composes.
   *
   * @param yaml the recipe, spelled out
   * @param changing composes the recipe under further changes
   * @throws org.gantry.recipes.text.RecipeException if components cannot be created or do not fit
   */
  ComposedRecipe compose(
      Recipe recipe, String yaml, Function<List<Recipes.Change>, ComposedRecipe> changing) {
    BoundComponent<Dataset> data = one(Dataset.class, recipe, RecipeFormat.DATA);
    BoundComponent<Prior> prior = one(Prior.class, recipe, RecipeFormat.PRIOR);
    BoundComponent<Topology> topology = one(Topology.class, recipe, RecipeFormat.TOPOLOGY);
    Set<String> used = new HashSet<>();
    Map<String, BoundComponent<Architecture>> networks = new LinkedHashMap<>();
    recipe
        .networks()
        .forEach((key, choice) -> networks.put(key, observed(key, architecture(choice), used)));
    BoundComponent<Loss> loss = one(Loss.class, recipe, RecipeFormat.LOSS);
    List<BoundComponent<Regularizer>> regularizers =
        all(Regularizer.class, recipe.lists().get(RecipeFormat.REGULARIZERS));
    List<BoundComponent<Metric>> metrics =
        all(Metric.class, recipe.lists().get(RecipeFormat.METRICS));
    BoundComponent<Sampler> sampler = one(Sampler.class, recipe, RecipeFormat.SAMPLER);
    List<BoundComponent<Watchdog>> watchdogs =
        all(Watchdog.class, recipe.lists().get(RecipeFormat.WATCHDOGS));
    recipe
        .remedies()
        .forEach(t -> t.addedRegularizers().forEach(choice -> create(Regularizer.class, choice)));
    Function<String, BoundComponent<Optimizer>> optimizers = optimizers(recipe);
    problems.throwIfAny();
    new MetricChecks(components, catalog, problems)
        .check(metrics, recipe.lists().get(RecipeFormat.METRICS), data);

    List<WatchdogRule> guards = new ArrayList<>();
    for (int i = 0; i < watchdogs.size(); i++) {
      guards.add(new WatchdogRule(watchdogs.get(i), recipe.remedies().get(i).remedies()));
    }
    Map<String, Double> rates = new HashMap<>();
    recipe.players().forEach((name, player) -> rates.put(name, player.settings().rate()));

    Map<String, Integer> updates = new HashMap<>();
    recipe.players().forEach((name, player) -> updates.put(name, player.settings().updates()));
    Function<Map<String, Integer>, Composition> composition =
        ofPlayers ->
            new Composition(
                data,
                prior,
                topology,
                networks,
                loss,
                regularizers,
                optimizers,
                ofPlayers,
                recipe.settings().batch(),
                recipe.settings().steps(),
                recipe.settings().seed());
    refuseTooLargeBatch(recipe, data.component(), prior.component());
    TrainingGraph graph = build(composition, updates, recipe);
    refuseUnusedNetworks(recipe, graph, used);
    refuseUnknownPlayers(recipe, graph);
    refuseUnknownBest(recipe, graph);
    problems.throwIfAny();
    List<ComponentInfo> chosen =
        recipe.choices().stream().map(ComponentChoice::component).distinct().toList();
    return new ComposedRecipe(
        recipe.name(),
        graph,
        recipe.settings(),
        metrics,
        sampler,
        chosen,
        jars(chosen),
        yaml,
        guards,
        rates,
        recipe.plannedChanges().stream().map(PlannedChange::scheduled).toList(),
        changing);
  }

  private List<PluginJar> jars(List<ComponentInfo> chosen) {
    Map<String, ComponentInfo> ofBundles = new TreeMap<>();
    chosen.forEach(c -> ofBundles.put(c.bundle() + " " + c.bundleVersion(), c));
    return ofBundles.values().stream().map(components::jar).toList();
  }

  private TrainingGraph build(
      Function<Map<String, Integer>, Composition> composition,
      Map<String, Integer> updates,
      Recipe recipe) {
    long memory = OutOfMemory.residentBytes();
    try {
      return TrainingGraph.build(composition.apply(updates));
    } catch (OutOfMemoryError | RuntimeException e) {
      refuseForWantOfMemory(recipe, e, OutOfMemory.residentBytes() - memory);
      if (!(e instanceof CompositionException misfit)) {
        throw e;
      }
      return refuse(misfit, composition, updates, recipe);
    }
  }

  /** Sees whose fault it is, and says so. */
  private TrainingGraph refuse(
      CompositionException e,
      Function<Map<String, Integer>, Composition> composition,
      Map<String, Integer> updates,
      Recipe recipe) {
    if (!updates.isEmpty()) {
      // Only a graph knows its players: see whether their names are what does not fit.
      try {
        refuseUnknownPlayers(recipe, TrainingGraph.build(composition.apply(Map.of())));
      } catch (CompositionException notThePlayers) {
        e.addSuppressed(notThePlayers);
      }
      problems.throwIfAny();
    }
    new CompositionDiagnosis(catalog, start, recipe.networksPosition()).addTo(e, problems);
    problems.throwIfAny();
    throw e;
  }

  /** Samples and codes of a batch have to be in memory, whatever else does. */
  private void refuseTooLargeBatch(Recipe recipe, Dataset data, Prior prior) {
    long code = Float.BYTES * prior.shape().size();
    long largest = code;
    long all = code;
    for (DatasetField field : data.fields()) {
      long bytes = Float.BYTES * field.shape().size();
      largest = Math.max(largest, bytes);
      all += bytes;
    }
    int batch = recipe.settings().batch();
    long available = OutOfMemory.availableBytes();
    long most = OutOfMemory.largestBatch(all, largest, available);
    if (batch > most) {
      problems.add(
          recipe.batchPosition(),
          "A batch of %d does not fit into memory: its samples and codes alone take %s, and %s."
              .formatted(
                  batch,
                  OutOfMemory.formatBytes(all * batch),
                  all * batch > available && available > 0
                      ? OutOfMemory.formatBytes(available) + " can be had"
                      : "an array can have " + OutOfMemory.formatBytes(Integer.MAX_VALUE)),
          most < 1
              ? "There is no smaller batch, so free memory, or raise the limit that is set for it."
              : "Set train.batch to much less than %d, for networks need memory, too."
                  .formatted(most));
      problems.throwIfAny();
    }
  }

  /** Whatever was at work when memory ran out, it is the batch that makes it large. */
  private void refuseForWantOfMemory(Recipe recipe, Throwable failure, long grown) {
    OptionalLong requested = OutOfMemory.requestedBytes(failure);
    if (requested.isPresent()) {
      int batch = recipe.settings().batch();
      problems.add(
          recipe.batchPosition(),
          "There is not enough memory to compose this with a batch of %d: the engine asked for another %s."
              .formatted(batch, OutOfMemory.formatBytes(requested.getAsLong())),
          batch == 1
              ? "There is no smaller batch, so the networks or the samples must be smaller."
              : "By estimate a batch of %d fits: set train.batch."
                  .formatted(
                      OutOfMemory.fittingBatch(
                          batch, requested.getAsLong(), grown, OutOfMemory.availableBytes())));
      problems.throwIfAny();
    }
  }

  private <T> BoundComponent<T> one(Class<T> type, Recipe recipe, String key) {
    return create(type, recipe.single().get(key)).orElse(null);
  }

  private BoundComponent<Architecture> architecture(ComponentChoice choice) {
    return create(Architecture.class, choice).orElse(null);
  }

  private <T> List<BoundComponent<T>> all(Class<T> type, List<ComponentChoice> choices) {
    List<BoundComponent<T>> all = new ArrayList<>();
    choices.forEach(choice -> create(type, choice).ifPresent(all::add));
    return all;
  }

  /** A player's own optimizer or the recipe's; each call creates another one. */
  private Function<String, BoundComponent<Optimizer>> optimizers(Recipe recipe) {
    ComponentChoice common = recipe.single().get(RecipeFormat.OPTIMIZER);
    Map<String, ComponentChoice> own = new HashMap<>();
    recipe.players().forEach((name, p) -> p.optimizer().ifPresent(choice -> own.put(name, choice)));
    // What cannot be created is to be known now and not when the training begins.
    create(Optimizer.class, common);
    own.values().forEach(choice -> create(Optimizer.class, choice));
    return player -> {
      ComponentChoice choice = own.getOrDefault(player, common);
      Optimizer optimizer =
          components.create(choice.component(), Optimizer.class, choice.options());
      double rate =
          Optional.ofNullable(recipe.players().get(player))
              .map(p -> p.settings().rate())
              .orElse(1.0);
      return new BoundComponent<>(
          rate == 1 ? optimizer : new ScaledOptimizer(optimizer, rate), choice.origin());
    };
  }

  private <T> Optional<BoundComponent<T>> create(Class<T> type, ComponentChoice choice) {
    try {
      return Optional.of(
          new BoundComponent<>(
              components.create(choice.component(), type, choice.options()), choice.origin()));
    } catch (ComponentException e) {
      Optional<UnusableComponentException> misfit =
          ErrorText.find(e, UnusableComponentException.class);
      problems.addThrown(
          choice.position(),
          misfit
              .map(
                  m ->
                      MessageWording.quoted(choice.path() + "." + choice.component().name())
                          + " cannot be used: "
                          + MessageWording.withFullStop(m.getMessage()))
              .orElse(MessageWording.toSentence(e.getMessage())),
          misfit.isPresent() ? "" : ComponentResolver.fixFor(e, choice.component()),
          e);
      return Optional.empty();
    }
  }

  /** The same architecture, which notes that it is used. */
  private static BoundComponent<Architecture> observed(
      String key, BoundComponent<Architecture> bound, Set<String> used) {
    if (bound == null) {
      return null;
    }
    return new BoundComponent<>(
        site -> {
          used.add(key);
          return bound.component().build(site);
        },
        bound.origin());
  }

  private void refuseUnusedNetworks(Recipe recipe, TrainingGraph graph, Set<String> used) {
    recipe
        .networks()
        .forEach(
            (key, choice) -> {
              if (!used.contains(key)) {
                problems.add(
                    choice.position(),
                    "Nothing uses the network "
                        + MessageWording.quoted(key)
                        + ": the topology "
                        + MessageWording.quoted(
                            recipe.single().get(RecipeFormat.TOPOLOGY).component().name())
                        + " has the roles "
                        + MessageWording.quoted(graph.roles(), "and")
                        + ".",
                    NearestName.find(key, graph.roles()).isPresent()
                        ? NearestName.suggestion(key, graph.roles()) + "Otherwise remove it."
                        : "Remove it.");
              }
            });
  }

  private void refuseUnknownBest(Recipe recipe, TrainingGraph graph) {
    String value = recipe.settings().keepBest();
    if (!value.isEmpty() && !graph.reportedNames().contains(value)) {
      problems.add(
          recipe.keepBestPosition(),
          "'train.keep-best' names "
              + MessageWording.quoted(value)
              + ", which this recipe does not report.",
          NearestName.suggestion(value, graph.reportedNames())
              + "It reports "
              + MessageWording.quoted(List.copyOf(graph.reportedNames()), "and")
              + ".");
    }
  }

  private void refuseUnknownPlayers(Recipe recipe, TrainingGraph graph) {
    for (Map.Entry<String, PlayerChoice> player : recipe.players().entrySet()) {
      if (!graph.players().contains(player.getKey())) {
        problems.add(
            player.getValue().position(),
            "There is no player "
                + MessageWording.quoted(player.getKey())
                + "; the players are "
                + MessageWording.quoted(graph.players(), "and")
                + ".",
            NearestName.suggestion(player.getKey(), graph.players()));
      }
    }
  }
}
