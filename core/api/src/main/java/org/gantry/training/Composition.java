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
 * @param dataset where real samples come from
 * @param prior where codes come from
 * @param topology how everything is wired
 * @param networks the architectures, by role or, for roles without an entry, by kind
 * @param loss what the adversarial pairs play for
 * @param regularizers the edits of the graph, in order
 * @param optimizers makes the optimizer of a player, given the player's name; called once a player
 * @param updates how often a player updates in each step, by player; 1 where absent
 * @param batch the number of samples in a batch, at least 1
 * @param steps the length of the training, at least 1
 * @param seed the seed of everything random
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

  /** The same, with another data set. */
  public Composition withDataset(BoundComponent<Dataset> dataset) {
    return but(parts -> parts.dataset = dataset);
  }

  /** The same, wired in another way. */
  public Composition withTopology(BoundComponent<Topology> topology) {
    return but(parts -> parts.topology = topology);
  }

  /** The same, with other architectures. */
  public Composition withNetworks(Map<String, BoundComponent<Architecture>> networks) {
    return but(parts -> parts.networks = networks);
  }

  /** The same, with another loss. */
  public Composition withLoss(BoundComponent<Loss> loss) {
    return but(parts -> parts.loss = loss);
  }

  /** The same, with other regularizers. */
  public Composition withRegularizers(List<BoundComponent<Regularizer>> regularizers) {
    return but(parts -> parts.regularizers = regularizers);
  }

  /** The same, with other optimizers. */
  public Composition withOptimizers(Function<String, BoundComponent<Optimizer>> optimizers) {
    return but(parts -> parts.optimizers = optimizers);
  }

  /** The same, with other numbers of updates. */
  public Composition withUpdates(Map<String, Integer> updates) {
    return but(parts -> parts.updates = updates);
  }

  /** The same, with batches of another size. */
  public Composition withBatch(int batch) {
    return but(parts -> parts.batch = batch);
  }

  /** The same, of another length. */
  public Composition withSteps(long steps) {
    return but(parts -> parts.steps = steps);
  }

  /** The same, with another seed. */
  public Composition withSeed(long seed) {
    return but(parts -> parts.seed = seed);
  }

  private Composition but(Consumer<CompositionParts> change) {
    CompositionParts parts = new CompositionParts(this);
    change.accept(parts);
    return parts.composed();
  }

  /** The parts, one of which is about to be another. */
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

    Composition composed() {
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
