package org.gantry.training;

import java.util.Optional;

/**
 * How a network starts and trains, where a recipe says more than its architecture.
 *
 * @param weights the weights to start from; empty for the architecture's own initial weights
 * @param frozenLayers how many of the first layers keep their weights; {@link #ALL_LAYERS} for the
 *     whole network. A layer is a block with parameters of its own, and layers count in the order
 *     of the network's parameters.
 * @param rate a factor of the learning rate of the network's layers, at least 0
 * @param slowLayers how many of the first layers the factor applies to
 */
public record NetworkSetup(
    Optional<WeightSource> weights, int frozenLayers, double rate, int slowLayers) {

  /** Stands for every layer of a network. */
  public static final int ALL_LAYERS = Integer.MAX_VALUE;

  /** The setup of a network that starts from its initial weights and trains as a whole. */
  public static final NetworkSetup UNTRAINED = new NetworkSetup(Optional.empty(), 0, 1, ALL_LAYERS);

  /** Checks the numbers. */
  public NetworkSetup {
    if (frozenLayers < 0 || slowLayers < 0 || !(rate >= 0)) {
      throw new IllegalArgumentException(
          "expected numbers of layers and a rate of at least 0, not %d, %d and %s"
              .formatted(frozenLayers, slowLayers, rate));
    }
  }

  /** The setup of a network that keeps these weights. */
  public static NetworkSetup frozen(WeightSource weights) {
    return new NetworkSetup(Optional.of(weights), ALL_LAYERS, 1, ALL_LAYERS);
  }

  /** The setup of a network that trains on from these weights. */
  public static NetworkSetup startingFrom(WeightSource weights) {
    return new NetworkSetup(Optional.of(weights), 0, 1, ALL_LAYERS);
  }

  /** Whether the whole network keeps its weights. */
  public boolean isFrozen() {
    return frozenLayers == ALL_LAYERS;
  }
}
