package org.gantry.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.loss.Loss;
import org.gantry.prior.Prior;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A training graph under construction, handed to a topology, to each regularizer and to the loss,
 * in this order. Signals are symbolic: nothing is evaluated here, but shapes are known at once.
 *
 * <p>Functions given to the graph are plain functions over DJL arrays. They must be pure, must not
 * keep their arguments, and return arrays that belong to the manager of an argument. To draw, take
 * a signal of {@link #normal} or {@link #uniform}.
 */
@ProviderType
public interface Graph {

  /** The number of samples in a batch. */
  int batch();

  // ---- Sources
  // -----------------------------------------------------------------------------------

  /**
   * A field of the batch, shape (batch, ...).
   *
   * @throws org.gantry.component.UnusableComponentException if the data set has no such field
   */
  Signal real(String field);

  /**
   * A field of a second, independently drawn batch.
   *
   * @param draw tells independent batches apart; fields of the same draw belong together
   */
  Signal real(String field, String draw);

  /**
   * States that a draw is made from a part of the data set, or from another one, before anything
   * reads it.
   *
   * @param draw names it, other than {@code data}
   * @param from has the data set's fields
   */
  void drawFrom(String draw, Dataset from);

  /** The recipe's data set. */
  Dataset dataset();

  /** What the data set says of a field. */
  DatasetField field(String name);

  /**
   * Latent codes drawn from the recipe's prior, shape (batch, ...). The same name, the same codes.
   */
  Signal latent(String name);

  /** The recipe's prior. */
  Prior prior();

  /** Standard normal noise, drawn afresh in every phase. Each call is a stream of its own. */
  Signal normal(String name, Shape shape);

  /** Noise uniform in [0, 1), drawn afresh in every phase. Each call is a stream of its own. */
  Signal uniform(String name, Shape shape);

  /** A scalar that follows a schedule; it is watched under its name. */
  Signal schedule(String name, Schedule schedule);

  /** A scalar that the training carries from step to step; it is watched under its name. */
  ScalarState state(String name, double initial);

  // ---- Networks
  // ----------------------------------------------------------------------------------

  /**
   * The network of a role, declared on the first call.
   *
   * @param kind one of {@code ComponentKind.GENERATOR}, {@code DISCRIMINATOR}, {@code ENCODER}
   */
  Network network(String role, String kind);

  /** The networks declared so far, in order. */
  List<Network> networks();

  /**
   * The declared network of that role. Throws {@code UnusableComponentException}, naming the roles
   * there are.
   */
  Network network(String role);

  /**
   * The networks of the given roles; without a role, all networks of a kind.
   *
   * @param kind one of {@code ComponentKind.GENERATOR}, {@code DISCRIMINATOR}, {@code ENCODER}
   * @throws UnusableComponentException if a role does not exist, or if the graph has no network of
   *     that kind
   */
  default List<Network> networks(List<String> roles, String kind) {
    if (!roles.isEmpty()) {
      return roles.stream().map(this::network).toList();
    }
    List<Network> networks = networks().stream().filter(n -> n.kind().equals(kind)).toList();
    if (networks.isEmpty()) {
      throw new UnusableComponentException("the topology has no " + kind);
    }
    return networks;
  }

  /** Puts networks under one player, who updates them together with one optimizer. */
  void assignPlayer(String name, Network... networks);

  // ---- Functions
  // ---------------------------------------------------------------------------------

  /** A function of one signal. */
  Signal map(String name, UnaryOperator<NDArray> function, Signal input);

  /** A function of two signals. */
  Signal map(String name, BinaryOperator<NDArray> function, Signal first, Signal second);

  /** A function of any number of signals. */
  Signal combine(String name, Function<List<NDArray>, NDArray> function, Signal... inputs);

  /**
   * The gradient of the sum of one signal with respect to another, itself differentiable. It counts
   * every way from one to the other, also those through other networks; to hold those fixed, take
   * it with respect to a copy of the input, and apply the network to that.
   *
   * @param output depends on input
   * @return shape of input
   */
  Signal gradient(Signal output, Signal input);

  // ---- The game
  // ----------------------------------------------------------------------------------

  /** States an adversarial pair, to which the recipe's loss then adds its terms. */
  default void pair(String name, Network discriminator, Example real, FakeExample... fakes) {
    pair(name, discriminator, real, List.of(), fakes);
  }

  /**
   * States an adversarial pair whose real example is made, too.
   *
   * @param makers the players who want the real example to pass as fake
   */
  void pair(
      String name, Network discriminator, Example real, List<String> makers, FakeExample... fakes);

  /**
   * Changes a pair before the loss plays it, such as how much its fakes count. That is done once
   * all regularizers have edited the graph, so each of them sees the pairs as they were stated, in
   * whatever order they come.
   *
   * @param name of a pair stated before
   * @param revision from the pair to one of the same name
   */
  void revisePair(String name, UnaryOperator<AdversarialPair> revision);

  /** The pairs stated so far, in order; revised for the loss only. */
  List<AdversarialPair> pairs();

  /**
   * The pairs that the discriminators of the given roles judge; without a role, all pairs.
   *
   * @throws UnusableComponentException if a role does not exist, or if its network judges no pair
   */
  default List<AdversarialPair> pairs(List<String> roles) {
    List<String> judges = pairs().stream().map(p -> p.discriminator().role()).distinct().toList();
    for (String role : roles) {
      if (!judges.contains(network(role).role())) {
        throw new UnusableComponentException(
            "the %s judges no samples; the roles that do are %s"
                .formatted(role, String.join(", ", judges)));
      }
    }
    return pairs().stream()
        .filter(p -> roles.isEmpty() || roles.contains(p.discriminator().role()))
        .toList();
  }

  /** The recipe's loss. */
  Loss loss();

  /**
   * Adds a term to what a player minimises.
   *
   * @param name names the term in metrics, together with the player
   * @param signal a scalar
   */
  void minimise(String player, String name, double weight, Signal signal);

  /**
   * Multiplies the learning rate of a player. Factors of several components multiply. A factor that
   * depends on a {@link #state} or a {@link #schedule} alone costs nothing.
   *
   * @param factor a scalar, not negative; no gradient passes through it
   */
  void scaleLearningRate(String player, Signal factor);

  /** Reports a scalar with every step, at no cost where it is evaluated anyway. */
  void watch(String name, Signal signal);
}
