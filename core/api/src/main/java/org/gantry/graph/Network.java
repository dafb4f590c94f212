package org.gantry.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gantry.tensor.RandomStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A role and the network that takes it. The recipe says which architecture that is; it is built on
 * the first application.
 */
@ProviderType
public interface Network {

  /** The role, unique in the graph. */
  String role();

  /** The kind of architecture that can take the role. */
  String kind();

  /** The player that updates this network; by default one of its own, named after the role. */
  String player();

  /**
   * States what the network will be given at a port.
   *
   * @param like a signal of the shape that will arrive
   * @return this network
   */
  Network takes(String port, Signal like);

  /**
   * States what the network must give at a port.
   *
   * @param like a signal of the shape that is wanted
   * @return this network
   */
  Network gives(String port, Signal like);

  /**
   * Applies the network. Applying it twice to the same signals gives the same outputs, evaluated
   * once.
   *
   * @param inputs one signal per input port, in the order of {@link #takes}
   */
  NetworkOutputs apply(Signal... inputs);

  /** Applies the network to an example. */
  default NetworkOutputs apply(Example example) {
    return apply(example.signals().toArray(new Signal[0]));
  }

  /**
   * Inserts a transform on every edge that enters the port, as if the network began with it. It may
   * be stated at any time and holds for earlier applications too; transforms nest in the order
   * stated.
   *
   * @param transform from the signal that arrives to one of the same shape, drawn afresh (if it
   *     draws) for every edge and every phase
   */
  void transformInput(String port, UnaryOperator<Signal> transform);

  /**
   * Lets the network look at several samples at a time: consecutive ones of a batch are joined
   * along the first axis of a sample, at every port, so that (batch, c, ...) arrives as (batch /
   * samples, samples c, ...) and the network gives one output for each such pack. It is built for
   * packs, so this has to be stated before anything applies it. Transforms of the input see single
   * samples, whenever they are stated.
   *
   * @param samples how many, at least 1; the batch must be a multiple of it
   */
  void pack(int samples);

  /** How many consecutive samples the network looks at together; 1 where nothing packs them. */
  int packSize();

  /**
   * Wraps the network in a block with the same ports, such as one that adds noise between layers.
   *
   * @param wrap from the architecture's block to the one to use
   */
  void wrap(UnaryOperator<Block> wrap);

  /**
   * The random stream for a layer of this network that draws in every pass.
   *
   * @param name tells the stream from the network's others
   */
  RandomStream randomStream(String name);

  /**
   * Gives the network another head than its architecture's own: another last layer on the same
   * features, which brings ports of its own in place of the score. Has to be stated before anything
   * applies the network.
   *
   * @param ports what the head gives, in order
   * @param head takes the features
   */
  void replaceHead(List<String> ports, Supplier<Block> head);

  /**
   * A scalar that depends on the network's trainable parameters alone, such as a penalty on them.
   *
   * @param function from the parameters, whose manager owns the result, to a scalar of float32
   */
  Signal mapWeights(String name, Function<NDList, NDArray> function);

  /**
   * Acts on the network's trainable parameters, in place, after each update of them; one action
   * after the other, in the order stated.
   *
   * @param action receives the parameters; must not keep them
   */
  void afterUpdate(String name, Consumer<NDList> action);

  /**
   * Keeps a second copy of the network's weights, which sampling and metrics use instead. Running
   * statistics of normalisations are computed anew for the copy, from batches of the training.
   *
   * @param rule moves the copy after each update of the network
   */
  void averageWeights(String name, AveragingRule rule);

  /** How an averaged copy follows the weights. */
  @FunctionalInterface
  interface AveragingRule {

    /**
     * Moves the average, in place.
     *
     * @param average the copy; equal to the weights before the first update
     * @param weights the network's trainable parameters now
     * @param count how many updates there were, from 1
     */
    void moveAverage(NDList average, NDList weights, long count);
  }
}
