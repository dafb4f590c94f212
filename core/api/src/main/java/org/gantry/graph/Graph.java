package org.gantry.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gantry.architecture.Architecture;
import org.gantry.architecture.NetworkPorts;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.ValueType;
import org.gantry.prior.Prior;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A training graph under construction. The topology edits it first, then each regularizer, then the
 * loss. Signals are symbolic: nothing is evaluated here, but their shapes are known at once.
 *
 * <p>A function that is given to the graph is a plain function of DJL arrays. It must be pure and
 * must not keep its arguments. The arrays that it returns belong to the manager of an argument. It
 * must not draw random numbers; give it a signal from {@link #normal} or {@link #uniform} instead.
 */
@ProviderType
public interface Graph {

  /** The number of samples in a batch. */
  int batch();

  /**
   * The same graph for batches of another size, such as a game of its own within a topology. What
   * is drawn through it has that size.
   *
   * @param batch at least 1
   */
  Graph withBatch(int batch);

  /** The names of the recipe's data sets, each of which is a draw; the first is the main one. */
  List<String> draws();

  /**
   * A field of the main draw, shape (batch, ...).
   *
   * @throws UnusableComponentException if the data set has no such field
   */
  default Signal real(String field) {
    return real(field, draws().get(0));
  }

  /**
   * A field of a draw. Fields of the same draw belong to the same samples; different draws are
   * independent.
   *
   * @param draw a data set of the recipe, or any other name for a further draw of the main one
   * @throws UnusableComponentException if the data set has no such field
   */
  Signal real(String field, String draw);

  /**
   * A field of other samples than those of the main draw; see {@link #mismatched(String, String)}.
   *
   * @throws UnusableComponentException if the data set has no such field
   */
  default Signal mismatched(String field) {
    return mismatched(field, draws().get(0));
  }

  /**
   * A field of other samples than those of a draw, such as captions that do not describe its
   * images. Each value differs from the value of the draw's sample.
   *
   * @throws UnusableComponentException if the data set has no such field
   */
  Signal mismatched(String field, String draw);

  /**
   * Lets a draw read a part of a data set, or another data set, with any fields. Has to be called
   * before anything reads the draw.
   *
   * @param draw is not the name of a data set of the recipe
   */
  void drawFrom(String draw, Dataset from);

  /** The main data set. */
  default Dataset dataset() {
    return dataset(draws().get(0));
  }

  /** The data set that a draw reads. */
  Dataset dataset(String draw);

  /**
   * The main data set's description of a field.
   *
   * @throws UnusableComponentException if the data set has no such field
   */
  default DatasetField field(String name) {
    return field(name, draws().get(0));
  }

  /**
   * The description of a field of a draw.
   *
   * @throws UnusableComponentException if the data set has no such field
   */
  DatasetField field(String name, String draw);

  /**
   * Latent codes from the recipe's prior, shape (batch, ...). The same name gives the same codes.
   */
  Signal latent(String name);

  /** The recipe's prior. */
  Prior prior();

  /** Standard normal noise. Each call adds a separate stream, and each phase draws new values. */
  Signal normal(String name, Shape shape);

  /**
   * Noise that is uniform in [0, 1). Each call adds a separate stream, and each phase draws new
   * values.
   */
  Signal uniform(String name, Shape shape);

  /** A scalar that follows a schedule. Steps report it under its name. */
  Signal schedule(String name, Schedule schedule);

  /** A scalar that the training carries from step to step. Steps report it under its name. */
  ScalarState state(String name, double initial);

  /**
   * An array that the training carries from step to step, such as a pool of earlier images.
   *
   * @param shape its whole shape
   * @param initial the value of every element before the first step
   */
  TensorState state(String name, Shape shape, double initial);

  /**
   * States what the trained networks can make. Samplers, pictures, metrics and exports follow from
   * the first use, or from the first fake if the topology states none. An output is made of the
   * codes, noise, fields and networks that it depends on. A user can give the fields, such as a
   * label or an image.
   *
   * @param name such as {@code translation}; unique in the graph
   * @param output shape (batch, ...)
   */
  void use(String name, Signal output);

  /**
   * States what the trained networks can make, and what the result should be.
   *
   * @param counterpart a field of the same samples, such as the image that a translation imitates
   */
  void use(String name, Signal output, Signal counterpart);

  /**
   * The outputs that were stated with a counterpart so far, each with what it should be. Both
   * belong to the same samples.
   */
  Map<Signal, Signal> counterparts();

  /** The same value under another type, for functions whose result has none of its own. */
  Signal typed(ValueType type, Signal signal);

  /**
   * The network of a role. The first call declares the role.
   *
   * @param kind one of {@code ComponentKind.GENERATOR}, {@code DISCRIMINATOR}, {@code ENCODER}
   */
  Network network(String role, String kind);

  /**
   * The network of a role that the component brings along, such as the encoder of a condition. A
   * recipe can name another architecture for the role, or for its kind.
   *
   * @param kind a kind whose components are architectures
   * @param ports the ports of the architecture
   */
  Network network(String role, String kind, NetworkPorts ports, Architecture own);

  /** The networks declared so far, in order. */
  List<Network> networks();

  /**
   * The network of a declared role.
   *
   * @throws UnusableComponentException if the role is not declared; the message names the roles
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

  /** Assigns networks to one player, which updates them together with one optimizer. */
  void assignPlayer(String name, Network... networks);

  /** A function of one signal. */
  Signal map(String name, UnaryOperator<NDArray> function, Signal input);

  /** A function of two signals. */
  Signal map(String name, BinaryOperator<NDArray> function, Signal first, Signal second);

  /** A function of any number of signals. */
  Signal combine(String name, Function<List<NDArray>, NDArray> function, Signal... inputs);

  /**
   * The gradient of the sum of one signal with respect to another. The gradient is itself
   * differentiable. It includes every path from one signal to the other, also paths through other
   * networks. To exclude those, copy the input, apply the network to the copy, and take the
   * gradient with respect to the copy.
   *
   * @param output depends on the input
   * @return the shape of the input
   */
  Signal gradient(Signal output, Signal input);

  /** States an adversarial pair. The recipe's loss later adds its terms. */
  default void pair(String name, Network discriminator, Example real, FakeExample... fakes) {
    pair(name, discriminator, real, List.of(), fakes);
  }

  /**
   * States an adversarial pair whose real example is partly made by networks.
   *
   * @param makers the players who want the real example to pass as fake
   */
  void pair(
      String name, Network discriminator, Example real, List<String> makers, FakeExample... fakes);

  /**
   * Changes a pair before the loss plays it, such as the weight of its fakes. The change is applied
   * after all regularizers have edited the graph. So every regularizer sees the pairs as the
   * topology stated them, whatever the order of the regularizers.
   *
   * @param name the name of a stated pair
   * @param revision maps the pair to one of the same name
   */
  void revisePair(String name, UnaryOperator<AdversarialPair> revision);

  /** The pairs stated so far, in order. Only the loss sees them revised. */
  List<AdversarialPair> pairs();

  /**
   * The pairs that the discriminators of the given roles score; without a role, all pairs.
   *
   * @throws UnusableComponentException if a role does not exist, or if its network scores no pair
   */
  default List<AdversarialPair> pairs(List<String> roles) {
    List<String> scoring = pairs().stream().map(p -> p.discriminator().role()).distinct().toList();
    for (String role : roles) {
      if (!scoring.contains(network(role).role())) {
        throw new UnusableComponentException(
            "the %s scores no samples; the roles that do are %s"
                .formatted(role, String.join(", ", scoring)));
      }
    }
    return pairs().stream()
        .filter(p -> roles.isEmpty() || roles.contains(p.discriminator().role()))
        .toList();
  }

  /**
   * The recipe's loss, if it is of a type.
   *
   * @param type such as {@code TargetLoss.class}
   */
  <T> Optional<T> loss(Class<T> type);

  /**
   * Adds a term to the objective of a player.
   *
   * @param name names the term in metrics, together with the player
   * @param signal a scalar
   */
  void minimise(String player, String name, double weight, Signal signal);

  /**
   * Multiplies the learning rate of a player. Factors of several components multiply. A factor that
   * depends only on a {@link #state} or a {@link #schedule} costs nothing.
   *
   * @param factor a scalar, at least 0; no gradient passes through it
   */
  void scaleLearningRate(String player, Signal factor);

  /** Reports a scalar with every step. It costs nothing if the step evaluates the scalar anyway. */
  void watch(String name, Signal signal);
}
