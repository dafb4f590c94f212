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
 * Puts noise before the later layers of one network. A layer is a block with weights of its own or
 * below; what lies between layers, such as activations and normalisations, has none. Sequences,
 * trunks with a head and autoencoders are looked into; any other block counts as one layer.
 */
final class NoiseInserter {

  private final double deviation;
  private final IntFunction<RandomStream> random;
  private int count;

  /**
   * Prepares to go through a network.
   *
   * @param deviation of the noise
   * @param random the stream for a layer, by the layer's number from 1 for the second
   */
  NoiseInserter(double deviation, IntFunction<RandomStream> random) {
    this.deviation = deviation;
    this.random = random;
  }

  /** The same blocks, with noise before each layer but the first. */
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
        : new Noisy(deviation, random.apply(number), block);
  }

  /** Whether a block that is not looked into has layers inside of one that would be. */
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

  /** How many layers there were. */
  int layerCount() {
    return count;
  }
}
