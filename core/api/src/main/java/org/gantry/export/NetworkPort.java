package org.gantry.export;

import ai.djl.ndarray.types.Shape;

/**
 * An input or output of a network.
 *
 * @param name the port, such as {@code latent}
 * @param shape the shape of one sample, without the batch dimension
 */
public record NetworkPort(String name, Shape shape) {

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
