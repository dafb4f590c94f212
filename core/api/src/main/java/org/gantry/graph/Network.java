package org.gantry.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gantry.data.ValueType;
import org.gantry.tensor.RandomStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A role and its network. The recipe selects the architecture. The first application builds the
 * network.
 */
@ProviderType
public interface Network {

  /** The role, unique in the graph. */
  String role();

  /** The kind of the role's architecture. */
  String kind();

  /** The player that updates this network; by default a player of the same name as the role. */
  String player();

  /**
   * Declares an input port and its shape.
   *
   * @param like a signal of the shape that arrives at the port
   * @return this network
   */
  Network takes(String port, Signal like);

  /**
   * Declares an output port and its required shape.
   *
   * @param like a signal of the shape that the network must give
   * @return this network
   */
  Network gives(String port, Signal like);

  /**
   * Applies the network. Two applications to the same signals are one node, which is evaluated
   * once.
   *
   * @param inputs one signal per input port, in the order of {@link #takes}
   */
  NetworkOutputs apply(Signal... inputs);

  /** Applies the network to an example. */
  default NetworkOutputs apply(Example example) {
    return apply(example.signals().toArray(new Signal[0]));
  }

  /** The inputs of each application that was stated so far, in order. */
  List<List<Signal>> appliedTo();

  /**
   * The input ports that take values of a type, such as the images of a conditional discriminator.
   */
  List<String> inputPorts(ValueType type);

  /** The output ports of the architecture, such as {@code image}, in its order. */
  List<String> outputPorts();

  /**
   * Keeps the weights as they are. The network is then in inference mode in every phase. Gradients
   * still pass through it to its inputs. A recipe can freeze a network, too.
   */
  void freeze();

  /** Whether the weights stay as they are, which holds for a network without any as well. */
  boolean isFrozen();

  /**
   * Inserts a transform on every edge that enters the port, as if the network began with it. It
   * also affects applications that were stated before. Transforms nest in the order stated.
   *
   * @param transform maps the arriving signal to one of the same shape; if it draws, it draws new
   *     values for every edge and every phase
   */
  void transformInput(String port, UnaryOperator<Signal> transform);

  /**
   * Packs several samples into one input (arXiv:1712.04086). Consecutive samples of a batch are
   * joined along the first axis of a sample, at every port: (batch, c, ...) becomes (batch /
   * samples, samples c, ...). The network gives one output for each pack.
   *
   * <p>The network is built for packs, so this has to be called before anything applies it.
   * Transforms of the input always see single samples.
   *
   * @param samples the number of samples in a pack, at least 1; the batch must be a multiple of it
   */
  void pack(int samples);

  /** The number of samples in a pack; 1 without packing. */
  int packSize();

  /**
   * Wraps the network in a block with the same ports, such as one that adds noise between layers.
   *
   * @param wrap maps the architecture's block to the block to use
   */
  void wrap(UnaryOperator<Block> wrap);

  /**
   * The random stream for a layer of this network that draws in every pass.
   *
   * @param name tells the stream from the network's others
   */
  RandomStream randomStream(String name);

  /**
   * Replaces the head of the architecture by another last layer on the same features. The ports of
   * the new head replace the score. Has to be called before anything applies the network.
   *
   * @param ports the outputs of the head, in order
   * @param head creates the head, which takes the features
   */
  void replaceHead(List<String> ports, Supplier<Block> head);

  /**
   * A scalar that depends only on the network's trainable parameters, such as a penalty on them.
   *
   * @param function maps the parameters to a scalar of float32, which belongs to their manager
   */
  Signal mapWeights(String name, Function<NDList, NDArray> function);

  /**
   * Acts on the network's trainable parameters, in place, after each update of them. Several
   * actions run in the order stated.
   *
   * @param action receives the parameters and must not keep them
   */
  void afterUpdate(String name, Consumer<NDList> action);

  /**
   * Keeps an averaged copy of the network's weights, which sampling and metrics use instead.
   * Running statistics of normalisations are computed for the copy, from batches of the training.
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
     * @param average the copy, which equals the weights before the first update
     * @param weights the network's trainable parameters after the update
     * @param count the number of updates so far, from 1
     */
    void moveAverage(NDList average, NDList weights, long count);
  }
}
