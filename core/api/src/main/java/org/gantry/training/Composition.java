package org.gantry.training;

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
import org.gantry.topology.Topology;

/**
 * The components of one training, as a recipe names them.
 *
 * @param dataset provides real samples
 * @param prior provides latent codes
 * @param topology wires the networks
 * @param networks the architectures, by role or, for roles without an entry, by kind
 * @param loss the loss of the adversarial pairs
 * @param regularizers the edits of the graph, in order
 * @param optimizers creates the optimizer of a player from the player's name; called once a player
 * @param updates how often a player updates in each step, by player; 1 where absent
 * @param batch the number of samples in a batch, at least 1
 * @param steps the length of the training, at least 1
 * @param seed the seed of all random draws
 */
public record Composition(
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

  /** Copies the collections. */
  public Composition {
    networks = Map.copyOf(networks);
    regularizers = List.copyOf(regularizers);
    updates = Map.copyOf(updates);
  }

  /** How often a player updates in each step. */
  int updatesOf(String player) {
    return updates.getOrDefault(player, 1);
  }

  /** A copy with another data set. */
  public Composition withDataset(BoundComponent<Dataset> dataset) {
    return copy(parts -> parts.dataset = dataset);
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

  private Composition copy(Consumer<CompositionParts> change) {
    CompositionParts parts = new CompositionParts(this);
    change.accept(parts);
    return parts.compose();
  }

  /** The components as fields, so that a copy can replace one. */
  private static final class CompositionParts {

    private BoundComponent<Dataset> dataset;
    private final BoundComponent<Prior> prior;
    private BoundComponent<Topology> topology;
    private Map<String, BoundComponent<Architecture>> networks;
    private BoundComponent<Loss> loss;
    private List<BoundComponent<Regularizer>> regularizers;
    private Function<String, BoundComponent<Optimizer>> optimizers;
    private Map<String, Integer> updates;
    private int batch;
    private long steps;
    private long seed;

    CompositionParts(Composition of) {
      dataset = of.dataset;
      prior = of.prior;
      topology = of.topology;
      networks = of.networks;
      loss = of.loss;
      regularizers = of.regularizers;
      optimizers = of.optimizers;
      updates = of.updates;
      batch = of.batch;
      steps = of.steps;
      seed = of.seed;
    }

    Composition compose() {
      return new Composition(
          dataset,
          prior,
          topology,
          networks,
          loss,
          regularizers,
          optimizers,
          updates,
          batch,
          steps,
          seed);
    }
  }
}
