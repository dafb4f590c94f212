package org.gantry.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gantry.architecture.Architecture;
import org.gantry.data.Dataset;
import org.gantry.loss.Loss;
import org.gantry.optimizer.Optimizer;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.FloatPrecision;
import org.gantry.topology.Topology;

/**
 * The components of one training, as a recipe names them.
 *
 * @param datasets provide real samples, by draw, in order; the first one is the main data set, and
 *     a recipe that names one data set has it under {@link #MAIN_DRAW}
 * @param prior provides latent codes
 * @param topology wires the networks
 * @param networks the architectures, by role or, for roles without an entry, by kind
 * @param setups how networks start and train, by role, where that differs from the usual
 * @param loss the loss of the adversarial pairs
 * @param pairLosses the losses of pairs that have one of their own, by the name of the pair
 * @param regularizers the edits of the graph, in order
 * @param optimizers creates the optimizer of a player from the player's name; called once a player
 * @param updates how often a player updates in each step, by player; 1 where absent
 * @param batch the number of samples in a batch, at least 1
 * @param steps the length of the training, at least 1
 * @param seed the seed of all random draws
 * @param precision the type of numbers in which networks compute in training
 */
public record Composition(
    Map<String, BoundComponent<Dataset>> datasets,
    BoundComponent<Prior> prior,
    BoundComponent<Topology> topology,
    Map<String, BoundComponent<Architecture>> networks,
    Map<String, NetworkSetup> setups,
    BoundComponent<Loss> loss,
    Map<String, BoundComponent<Loss>> pairLosses,
    List<BoundComponent<Regularizer>> regularizers,
    Function<String, BoundComponent<Optimizer>> optimizers,
    Map<String, Integer> updates,
    int batch,
    long steps,
    long seed,
    FloatPrecision precision) {

  /** The draw of a data set that has no name of its own. */
  public static final String MAIN_DRAW = "data";

  /** Copies the collections. */
  public Composition {
    if (datasets.isEmpty()) {
      throw new IllegalArgumentException("a composition needs a data set");
    }
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    networks = Map.copyOf(networks);
    setups = Map.copyOf(setups);
    pairLosses = Map.copyOf(pairLosses);
    regularizers = List.copyOf(regularizers);
    updates = Map.copyOf(updates);
  }

  /** A composition whose networks compute in float32. */
  public Composition(
      Map<String, BoundComponent<Dataset>> datasets,
      BoundComponent<Prior> prior,
      BoundComponent<Topology> topology,
      Map<String, BoundComponent<Architecture>> networks,
      Map<String, NetworkSetup> setups,
      BoundComponent<Loss> loss,
      Map<String, BoundComponent<Loss>> pairLosses,
      List<BoundComponent<Regularizer>> regularizers,
      Function<String, BoundComponent<Optimizer>> optimizers,
      Map<String, Integer> updates,
      int batch,
      long steps,
      long seed) {
    this(
        datasets,
        prior,
        topology,
        networks,
        setups,
        loss,
        pairLosses,
        regularizers,
        optimizers,
        updates,
        batch,
        steps,
        seed,
        FloatPrecision.FLOAT32);
  }

  /** A composition with one data set, one loss, and networks that all start untrained. */
  public Composition(
      BoundComponent<Dataset> dataset,
      BoundComponent<Prior> prior,
      BoundComponent<Topology> topology,
      Map<String, BoundComponent<Architecture>> networks,
      BoundComponent<Loss> loss,
      List<BoundComponent<Regularizer>> regularizers,
      Function<String, BoundComponent<Optimizer>> optimizers,
      Map<String, Integer> updates,
      int batch,
      long steps,
      long seed) {
    this(
        Map.of(MAIN_DRAW, dataset),
        prior,
        topology,
        networks,
        Map.of(),
        loss,
        Map.of(),
        regularizers,
        optimizers,
        updates,
        batch,
        steps,
        seed);
  }

  /** The main data set. */
  public BoundComponent<Dataset> dataset() {
    return datasets.values().iterator().next();
  }

  /** The draw of the main data set. */
  public String mainDraw() {
    return datasets.keySet().iterator().next();
  }

  /** The loss of a pair. */
  BoundComponent<Loss> lossOf(String pair) {
    return pairLosses.getOrDefault(pair, loss);
  }

  /** How a network starts and trains. */
  NetworkSetup setupOf(String role) {
    return setups.getOrDefault(role, NetworkSetup.UNTRAINED);
  }

  /** How often a player updates in each step. */
  int updatesOf(String player) {
    return updates.getOrDefault(player, 1);
  }

  /** A copy with one data set, which replaces all others. */
  public Composition withDataset(BoundComponent<Dataset> dataset) {
    return withDatasets(Map.of(MAIN_DRAW, dataset));
  }

  /** A copy with other data sets. */
  public Composition withDatasets(Map<String, BoundComponent<Dataset>> datasets) {
    return copy(parts -> parts.datasets = datasets);
  }

  /** A copy with another start and training of some networks. */
  public Composition withSetups(Map<String, NetworkSetup> setups) {
    return copy(parts -> parts.setups = setups);
  }

  /** A copy with losses for some pairs, by the name of the pair. */
  public Composition withPairLosses(Map<String, BoundComponent<Loss>> pairLosses) {
    return copy(parts -> parts.pairLosses = pairLosses);
  }

  /** A copy with another topology. */
  public Composition withTopology(BoundComponent<Topology> topology) {
    return copy(parts -> parts.topology = topology);
  }

  /** A copy with other architectures. */
  public Composition withNetworks(Map<String, BoundComponent<Architecture>> networks) {
    return copy(parts -> parts.networks = networks);
  }

  /** A copy with another loss. */
  public Composition withLoss(BoundComponent<Loss> loss) {
    return copy(parts -> parts.loss = loss);
  }

  /** A copy with other regularizers. */
  public Composition withRegularizers(List<BoundComponent<Regularizer>> regularizers) {
    return copy(parts -> parts.regularizers = regularizers);
  }

  /** A copy with other optimizers. */
  public Composition withOptimizers(Function<String, BoundComponent<Optimizer>> optimizers) {
    return copy(parts -> parts.optimizers = optimizers);
  }

  /** A copy with other numbers of updates. */
  public Composition withUpdates(Map<String, Integer> updates) {
    return copy(parts -> parts.updates = updates);
  }

  /** A copy with another batch size. */
  public Composition withBatch(int batch) {
    return copy(parts -> parts.batch = batch);
  }

  /** A copy with another length. */
  public Composition withSteps(long steps) {
    return copy(parts -> parts.steps = steps);
  }

  /** A copy with another seed. */
  public Composition withSeed(long seed) {
    return copy(parts -> parts.seed = seed);
  }

  /** A copy whose networks compute in another type. */
  public Composition withPrecision(FloatPrecision precision) {
    return copy(parts -> parts.precision = precision);
  }

  private Composition copy(Consumer<CompositionParts> change) {
    CompositionParts parts = new CompositionParts(this);
    change.accept(parts);
    return parts.compose();
  }

  /** The components as fields, so that a copy can replace one. */
  private static final class CompositionParts {

    private Map<String, BoundComponent<Dataset>> datasets;
    private final BoundComponent<Prior> prior;
    private BoundComponent<Topology> topology;
    private Map<String, BoundComponent<Architecture>> networks;
    private Map<String, NetworkSetup> setups;
    private BoundComponent<Loss> loss;
    private Map<String, BoundComponent<Loss>> pairLosses;
    private List<BoundComponent<Regularizer>> regularizers;
    private Function<String, BoundComponent<Optimizer>> optimizers;
    private Map<String, Integer> updates;
    private int batch;
    private long steps;
    private long seed;
    private FloatPrecision precision;

    CompositionParts(Composition of) {
      datasets = of.datasets;
      prior = of.prior;
      topology = of.topology;
      networks = of.networks;
      setups = of.setups;
      loss = of.loss;
      pairLosses = of.pairLosses;
      regularizers = of.regularizers;
      optimizers = of.optimizers;
      updates = of.updates;
      batch = of.batch;
      steps = of.steps;
      seed = of.seed;
      precision = of.precision;
    }

    Composition compose() {
      return new Composition(
          datasets,
          prior,
          topology,
          networks,
          setups,
          loss,
          pairLosses,
          regularizers,
          optimizers,
          updates,
          batch,
          steps,
          seed,
          precision);
    }
  }
}
