package org.gantry.plugin.layernoise;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.util.Pair;
import java.util.function.IntFunction;
import org.gantry.layers.Autoencoder;
import org.gantry.layers.HeadedNetwork;
import org.gantry.tensor.RandomStream;

/**
 * Inserts noise before the later layers of a network. A layer is a block that has weights, itself
 * or in its children. Activations and normalisations between layers have none. The inserter looks
 * into sequences, trunks with a head, and autoencoders; any other block counts as one layer.
 */
final class NoiseInserter {

  private final double deviation;
  private final IntFunction<RandomStream> random;
  private int count;

  /**
   * Prepares to process one network.
   *
   * @param deviation the standard deviation of the noise
   * @param random the stream of a layer, by its number; the second layer is number 1
   */
  NoiseInserter(double deviation, IntFunction<RandomStream> random) {
    this.deviation = deviation;
    this.random = random;
  }

  /** The same blocks, with noise before each layer except the first. */
  Block withNoise(Block block) {
    if (block instanceof SequentialBlock sequence && !sequence.isReturnIntermediate()) {
      SequentialBlock result = new SequentialBlock();
      for (Pair<String, Block> child : sequence.getChildren()) {
        result.add(withNoise(child.getValue()));
      }
      return result;
    }
    if (block instanceof HeadedNetwork headed) {
      Block trunk = withNoise(headed.getChildren().valueAt(0));
      return new HeadedNetwork(trunk, withNoise(headed.getChildren().valueAt(1)));
    }
    if (block instanceof Autoencoder) {
      Block encoder = withNoise(block.getChildren().valueAt(0));
      return new Autoencoder(encoder, withNoise(block.getChildren().valueAt(1)));
    }
    if (!hasWeights(block)) {
      return block;
    }
    int number = count++;
    return number == 0 || deviation == 0
        ? block
        : new NoisyLayer(deviation, random.apply(number), block);
  }

  /**
   * Whether a block that the inserter does not look into contains layers that it would look into
   * elsewhere.
   */
  static boolean hidesLayers(Block block) {
    return !isOpen(block)
        && block.getChildren().values().stream()
            .anyMatch(child -> hidesLayers(child) || (isOpen(child) && hasWeights(child)));
  }

  private static boolean isOpen(Block block) {
    return (block instanceof SequentialBlock sequence && !sequence.isReturnIntermediate())
        || block instanceof HeadedNetwork
        || block instanceof Autoencoder;
  }

  private static boolean hasWeights(Block block) {
    return block.getParameters().values().stream()
        .anyMatch(p -> p.getType() == Parameter.Type.WEIGHT);
  }

  /** The number of layers so far. */
  int layerCount() {
    return count;
  }
}
