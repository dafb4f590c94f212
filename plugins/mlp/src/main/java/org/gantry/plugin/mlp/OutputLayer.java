package org.gantry.plugin.mlp;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import org.gantry.layers.Activation;
import org.gantry.layers.Reshape;

/** The last layer of a network that makes samples, by its activation. */
enum OutputLayer {
  /** {@link #TANH} for images, {@link #NONE} for all other samples. */
  AUTO,
  NONE,
  TANH,
  SIGMOID;

  /** Adds a linear layer to the values of a sample, its shape, and the activation. */
  void addTo(SequentialBlock network, Shape sample) {
    network.add(Linear.builder().setUnits(sample.size()).build());
    if (sample.dimension() != 1) {
      network.add(new Reshape(sample));
    }
    network.add(activation(sample).layer());
  }

  private Activation activation(Shape sample) {
    return switch (this) {
      case AUTO -> sample.dimension() == 3 ? Activation.TANH : Activation.NONE;
      case NONE -> Activation.NONE;
      case TANH -> Activation.TANH;
      case SIGMOID -> Activation.SIGMOID;
    };
  }
}
