package org.gantry.recipes.internal.composition;

import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.architecture.NetworkSite;
import org.gantry.components.ComponentInfo;
import org.gantry.components.ComponentRegistry;
import org.gantry.components.PluginJar;
import org.gantry.data.Dataset;
import org.gantry.loss.Loss;
import org.gantry.metric.Metric;
import org.gantry.optimizer.Optimizer;
import org.gantry.prior.Prior;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.recipes.MetricEvaluation;
import org.gantry.recipes.OutOfMemory;
import org.gantry.recipes.Recipes;
import org.gantry.recipes.WatchdogRule;
import org.gantry.recipes.internal.format.ComponentArchitecture;
import org.gantry.recipes.internal.format.ComponentCatalog;
import org.gantry.recipes.internal.format.ModuleFile;
import org.gantry.recipes.internal.format.NetworkChoice;
import org.gantry.recipes.internal.format.PlannedChange;
import org.gantry.recipes.internal.format.Recipe;
import org.gantry.recipes.internal.format.RecipeFormat;
import org.gantry.recipes.internal.options.ComponentChoice;
import org.gantry.recipes.text.ProblemCollector;
import org.gantry.recipes.text.SourcePosition;
import org.gantry.regularizer.Regularizer;
import org.gantry.sampler.Sampler;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.Composition;
import org.gantry.training.CompositionException;
import org.gantry.training.NetworkSetup;
import org.gantry.training.TrainingGraph;
import org.gantry.watchdog.Watchdog;

/** Creates the components of a recipe and builds the training graph from them. */
public final class RecipeComposer {

  private final ComponentRegistry components;
  private final ComponentCatalog catalog;
  private final SourcePosition start;
  private final ProblemCollector problems;
  private final ComponentCreator creator;

  /**
   * Creates a composer for one recipe.
   *
   * @param start the position of the recipe's first character
   * @param problems receives what is wrong with the recipe
   */
  public RecipeComposer(
      ComponentRegistry components,
      ComponentCatalog catalog,
      SourcePosition start,
      ProblemCollector problems) {
    this.components = components;
    this.catalog = catalog;
    this.start = start;
    this.problems = problems;
    this.creator = new ComponentCreator(components, problems);
  }

  /**
   * Composes the recipe.
   *
   * @param yaml the resolved recipe
   * @param recomposer composes the recipe again under further changes
   * @throws org.gantry.recipes.text.RecipeException if components cannot be created or do not fit
   */
  public ComposedRecipe compose(
      Recipe recipe, String yaml, Function<List<Recipes.Change>, ComposedRecipe> recomposer) {
    Map<String, BoundComponent<Dataset>> datasets =
        named(Dataset.class, recipe, RecipeFormat.DATA, Composition.MAIN_DRAW);
    BoundComponent<Prior> prior = one(Prior.class, recipe, RecipeFormat.PRIOR);
    BoundComponent<Topology> topology = one(Topology.class, recipe, RecipeFormat.TOPOLOGY);
    Set<String> usedNetworks = new HashSet<>();
    Map<String, BoundComponent<Architecture>> networks = new LinkedHashMap<>();
    recipe
        .networks()
        .forEach(
            (key, choice) ->
                architecture(choice)
                    .ifPresent(network -> networks.put(key, observed(key, network, usedNetworks))));
    Map<String, BoundComponent<Loss>> losses =
        named(Loss.class, recipe, RecipeFormat.LOSS, RecipeFormat.DEFAULT_LOSS);
    Map<String, NetworkSetup> setups = new LinkedHashMap<>();
    recipe.networks().forEach((role, network) -> addSetup(role, network.setup(), setups));
    List<BoundComponent<Regularizer>> regularizers =
        creator.createAll(Regularizer.class, recipe.lists().get(RecipeFormat.REGULARIZERS));
    List<BoundComponent<Metric>> metrics =
        creator.createAll(Metric.class, recipe.lists().get(RecipeFormat.METRICS));
    BoundComponent<Sampler> sampler = one(Sampler.class, recipe, RecipeFormat.SAMPLER);
    List<BoundComponent<Watchdog>> watchdogs =
        creator.createAll(Watchdog.class, recipe.lists().get(RecipeFormat.WATCHDOGS));
    recipe
        .remedies()
        .forEach(remedies -> creator.createAll(Regularizer.class, remedies.addedRegularizers()));
    Function<String, BoundComponent<Optimizer>> optimizers = optimizers(recipe);
    problems.throwIfAny();
    BoundComponent<Loss> loss = losses.remove(RecipeFormat.DEFAULT_LOSS);

    List<WatchdogRule> rules = new ArrayList<>();
    for (int i = 0; i < watchdogs.size(); i++) {
      rules.add(new WatchdogRule(watchdogs.get(i), recipe.remedies().get(i).remedies()));
    }
    Map<String, Double> rateFactors = new HashMap<>();
    recipe.players().forEach((name, player) -> rateFactors.put(name, player.settings().rate()));

    Function<Map<String, Integer>, Composition> composition =
        updates ->
            new Composition(
                datasets,
                prior,
                topology,
                networks,
                setups,
                loss,
                losses,
                regularizers,
                optimizers,
                updates,
                recipe.settings().batch(),
                recipe.settings().steps(),
                recipe.settings().seed(),
                recipe.settings().precision());
    new BatchMemoryCheck(recipe, problems)
        .requireBatchFits(
            datasets.values().stream().map(BoundComponent::component).toList(), prior.component());
    TrainingGraph graph = build(composition, recipe);
    new WeightMemoryCheck(recipe.networksPosition(), problems)
        .requireWeightsFit(graph.weightMemory(), OutOfMemory.availableBytes());
    GraphChecks checks = new GraphChecks(recipe, graph, problems);
    checks.checkNetworks(usedNetworks);
    checks.checkDatasets();
    checks.checkPlayers();
    checks.checkDevice();
    checks.checkDecisiveValues(() -> MetricEvaluation.of(metrics, graph.metricSubjects()));
    new MetricChecks(components, catalog, problems)
        .check(metrics, recipe.lists().get(RecipeFormat.METRICS), graph);
    problems.throwIfAny();
    List<ComponentInfo> chosen =
        recipe.choices().stream()
            .flatMap(ComponentChoice::withParts)
            .map(ComponentChoice::component)
            .distinct()
            .toList();
    return new ComposedRecipe(
        recipe.name(),
        graph,
        recipe.settings(),
        metrics,
        sampler,
        chosen,
        jars(chosen),
        yaml,
        rules,
        rateFactors,
        recipe.plannedChanges().stream().map(PlannedChange::scheduled).toList(),
        creator.inventories(),
        recipe.networkFiles(),
        recomposer);
  }

  private Optional<BoundComponent<Architecture>> architecture(NetworkChoice network) {
    return network.architecture() instanceof ComponentArchitecture component
        ? creator.create(Architecture.class, component.choice())
        : Optional.of(((ModuleFile) network.architecture()).bound());
  }

  private List<PluginJar> jars(List<ComponentInfo> chosen) {
    Map<String, ComponentInfo> byBundle = new TreeMap<>();
    chosen.forEach(c -> byBundle.put(c.bundle() + " " + c.bundleVersion(), c));
    return byBundle.values().stream().map(components::jar).toList();
  }

  /** Builds the graph from a composition, which is given the updates per step of each player. */
  private TrainingGraph build(
      Function<Map<String, Integer>, Composition> composition, Recipe recipe) {
    Map<String, Integer> updates = new HashMap<>();
    recipe.players().forEach((name, player) -> updates.put(name, player.settings().updates()));
    long before = OutOfMemory.residentBytes();
    try {
      return TrainingGraph.build(composition.apply(updates));
    } catch (OutOfMemoryError | RuntimeException e) {
      new BatchMemoryCheck(recipe, problems)
          .refuseIfExhausted(e, OutOfMemory.residentBytes() - before);
      if (e instanceof CompositionException failure) {
        diagnose(failure, composition, updates, recipe);
      }
      throw e;
    }
  }

  /** Throws the problem behind a composition that does not fit. */
  private void diagnose(
      CompositionException failure,
      Function<Map<String, Integer>, Composition> composition,
      Map<String, Integer> updates,
      Recipe recipe) {
    Composition tried = composition.apply(Map.of());
    if (!updates.isEmpty() || !tried.setups().isEmpty()) {
      // Only a graph knows its players and roles: build one without their settings to see whether a
      // name is wrong.
      try {
        TrainingGraph graph = TrainingGraph.build(tried.withSetups(Map.of()));
        GraphChecks checks = new GraphChecks(recipe, graph, problems);
        checks.checkPlayers();
        checks.checkSetups();
      } catch (CompositionException other) {
        failure.addSuppressed(other);
      }
      problems.throwIfAny();
    }
    ArchitectureTrials trials =
        new ArchitectureTrials(components, catalog, composition.apply(Map.of()));
    new CompositionDiagnosis(catalog, start, recipe.networksPosition(), trials)
        .addTo(failure, problems);
    problems.throwIfAny();
  }

  private <T> BoundComponent<T> one(Class<T> type, Recipe recipe, String key) {
    return creator.create(type, recipe.single().get(key)).orElse(null);
  }

  /** Creates the components at a key by name; a single one has the given name. */
  private <T> Map<String, BoundComponent<T>> named(
      Class<T> type, Recipe recipe, String key, String singleName) {
    Map<String, ComponentChoice> choices =
        recipe.named().containsKey(key)
            ? recipe.named().get(key)
            : Map.of(singleName, recipe.single().get(key));
    Map<String, BoundComponent<T>> created = new LinkedHashMap<>();
    choices.forEach(
        (name, choice) -> creator.create(type, choice).ifPresent(it -> created.put(name, it)));
    return created;
  }

  private static void addSetup(String role, NetworkSetup setup, Map<String, NetworkSetup> setups) {
    if (!setup.equals(NetworkSetup.UNTRAINED)) {
      setups.put(role, setup);
    }
  }

  /** Creates an optimizer at each call: the player's own one, or the recipe's. */
  private Function<String, BoundComponent<Optimizer>> optimizers(Recipe recipe) {
    ComponentChoice common = recipe.single().get(RecipeFormat.OPTIMIZER);
    Map<String, ComponentChoice> own = new HashMap<>();
    recipe.players().forEach((name, p) -> p.optimizer().ifPresent(choice -> own.put(name, choice)));
    // Created once here, so that a failure is reported before the training begins.
    creator.create(Optimizer.class, common);
    own.values().forEach(choice -> creator.create(Optimizer.class, choice));
    return player -> {
      ComponentChoice choice = own.getOrDefault(player, common);
      ProblemCollector failures = new ProblemCollector();
      Optional<BoundComponent<Optimizer>> created =
          new ComponentCreator(components, failures).create(Optimizer.class, choice);
      failures.throwIfAny();
      Optimizer optimizer = created.orElseThrow().component();
      double factor =
          Optional.ofNullable(recipe.players().get(player))
              .map(p -> p.settings().rate())
              .orElse(1.0);
      return new BoundComponent<>(
          factor == 1 ? optimizer : new ScaledOptimizer(optimizer, factor), choice.origin());
    };
  }

  /** Wraps an architecture so that its key is added to a set when a network is built from it. */
  private static BoundComponent<Architecture> observed(
      String key, BoundComponent<Architecture> architecture, Set<String> used) {
    return new BoundComponent<>(
        new ObservedArchitecture(architecture.component(), () -> used.add(key)),
        architecture.origin());
  }

  /** An architecture that reports when a network is built from it. */
  private record ObservedArchitecture(Architecture observed, Runnable built)
      implements Architecture {

    @Override
    public NetworkPorts ports(NetworkPorts declared) {
      return observed.ports(declared);
    }

    @Override
    public Block build(NetworkSite site) {
      built.run();
      return observed.build(site);
    }
  }
}
