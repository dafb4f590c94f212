package org.gantry.plugin.unet;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Optional;
import org.gantry.layers.Activation;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.Normalization;
import org.gantry.layers.Reshape;

/** What connects the positions of the smallest map of a U-Net. */
enum BottleneckLayers {
  /** Nothing but the convolutions around it, so the network takes images of several sizes. */
  CONVOLUTION,
  /** All values with all values, through a code. */
  FULLY_CONNECTED,
  /** The positions of each channel, and then the channels of each position. */
  CHANNEL_WISE;

  private static final FilterWindow POINT = new FilterWindow(1, 1, 0);

  /**
   * Creates the layers.
   *
   * @param map the shape of their result, and of their input but for the channels of a condition
   * @param code the length of the code of a fully connected bottleneck
   * @param normalization the normalisation of hidden layers
   * @return empty for {@link #CONVOLUTION}
   */
  Optional<Block> layers(Shape map, int code, Normalization normalization) {
    SequentialBlock layers = new SequentialBlock().add(Activation.LEAKY_RELU.layer());
    switch (this) {
      case CONVOLUTION -> {
        return Optional.empty();
      }
      case FULLY_CONNECTED -> {
        layers.add(new Flatten()).add(Linear.builder().setUnits(code).build());
        // Over a single position an instance would be normalised to zero.
        if (normalization == Normalization.BATCH) {
          layers.add(normalization.layer());
        }
        layers
            .add(Activation.LEAKY_RELU.layer())
            .add(Linear.builder().setUnits(map.size()).build())
            .add(new Reshape(map));
      }
      case CHANNEL_WISE ->
          layers
              .add(new ChannelwiseLinear())
              .add(new Convolution(Math.toIntExact(map.get(0)), POINT, true));
    }
    return Optional.of(layers.add(normalization.layer()));
  }
}
