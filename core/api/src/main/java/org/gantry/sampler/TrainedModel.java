package org.gantry.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.prior.Prior;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.osgi.annotation.versioning.ProviderType;

/** The trained networks of a run, for inference. */
@ProviderType
public interface TrainedModel {

  /** Returns the roles of the networks. */
  Set<String> roles();

  /**
   * Applies a network in inference mode, without gradients except within {@link #gradient}. If a
   * regularizer keeps averaged weights, the network uses them.
   *
   * @param role one of {@link #roles()}
   * @param inputs arrays of shape (batch, ...), in the order of the network's input ports
   * @return the outputs in the order of the output ports; they belong to {@link #manager()}
   */
  NDList apply(String role, NDArray... inputs);

  /** Returns what the networks can make, the usual use first; empty if nothing is stated. */
  List<ModelUse> uses();

  /**
   * Returns codes of the prior. Code i depends only on the seed, the input and i, so more codes
   * begin with the same ones.
   *
   * @param input an input that the prior draws
   * @return shape (count, ...)
   */
  default NDArray drawCodes(ModelInput input, int count) {
    return drawCodes(input, randomStreams(), count);
  }

  /**
   * Returns codes of the prior, as {@link #drawCodes(ModelInput, int)} does under the seed of other
   * streams.
   *
   * @return shape (count, ...)
   */
  default NDArray drawCodes(ModelInput input, RandomStreams streams, int count) {
    // Samples must not depend on the name that a topology gives to its only code.
    boolean alone = uses().stream().allMatch(use -> use.codes().size() <= 1);
    String stream = alone ? "codes" : "codes/" + input.name();
    FloatBuffer code = FloatBuffer.allocate(input.field().length());
    return FloatArrays.fill(
        manager(),
        new Shape(count).addAll(input.field().shape()),
        buffer -> {
          for (int i = 0; i < count; i++) {
            prior().draw(streams.at(stream, i), code.clear());
            buffer.put(code.array());
          }
        });
  }

  /**
   * Returns fields of randomly chosen samples of the data: the inputs of the use that come from the
   * data, and its counterpart. The samples are held-out ones if the use reads images. Row i depends
   * only on the seed and i.
   *
   * @return arrays of shape (count, ...) by the name of the input
   * @throws UnusableComponentException if the data are not available, as for an exported network
   */
  Map<String, NDArray> drawFields(ModelUse use, int count);

  /**
   * Makes the output of a use. Networks are in inference mode, and random draws inside the graph
   * follow the seed.
   *
   * <p>Images can be higher or wider than those of the training if the networks take such images.
   * If they do not, the exception is that of the layer or of the engine.
   *
   * @param use one of {@link #uses()}
   * @param inputs a value of shape (count, ...) for each input, by name; others are ignored
   * @return shape (count, ...)
   * @throws UnusableComponentException if an input is missing
   */
  NDArray make(ModelUse use, Map<String, NDArray> inputs);

  /**
   * Makes the output of a use for mixtures of conditions. Conditions such as labels and texts are
   * not numbers that can be mixed, so each is encoded first. The encodings are multiplied by their
   * shares and added.
   *
   * @param use one of {@link #uses()}
   * @param inputs a value of shape (count, ...) for each input that is not a condition, by name
   * @param mixed a value of shape (count, ...) for each of {@link ModelUse#conditions}, by name;
   *     once for each part of the mixtures
   * @param shares for each part, the share of each sample
   * @return shape (count, ...)
   * @throws UnusableComponentException if an input is missing, or if the networks do not encode a
   *     condition before they use it
   */
  default NDArray makeMixed(
      ModelUse use,
      Map<String, NDArray> inputs,
      List<Map<String, NDArray>> mixed,
      List<float[]> shares) {
    throw new UnusableComponentException("these networks take no mixtures of conditions");
  }

  /**
   * Returns the gradient of a function with respect to an array, such as the score of a
   * discriminator with respect to a code.
   *
   * @param function gives an array, of which the sum is differentiated; it can call {@link #apply}
   *     and {@link #make}
   * @param at the point; it does not change
   * @return shape of the point
   * @throws UnusableComponentException if the networks have no gradients, as an exported one
   */
  default NDArray gradient(UnaryOperator<NDArray> function, NDArray at) {
    throw new UnusableComponentException("these networks have no gradients");
  }

  /** Returns the prior of the run. */
  Prior prior();

  /** Returns the data set of the run. */
  Dataset dataset();

  /** Returns the manager of all results. The host closes it. */
  NDManager manager();

  /** Returns random streams for drawing codes, under the seed of the sampling. */
  RandomStreams randomStreams();
}
