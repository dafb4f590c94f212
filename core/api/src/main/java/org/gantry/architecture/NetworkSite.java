package org.gantry.architecture;

import ai.djl.ndarray.types.Shape;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStream;
import org.osgi.annotation.versioning.ProviderType;

/** The place of a network in a topology. Shapes are without the batch dimension. */
@ProviderType
public interface NetworkSite {

  /** The role, such as {@code generator} or {@code manifold-discriminator}. */
  String role();

  /**
   * The shape that arrives at an input port.
   *
   * @throws UnusableComponentException if the topology does not feed that port
   */
  Shape input(String port);

  /**
   * The shape that the topology requires at an output port, such as the shape of the data at {@code
   * image}.
   *
   * @throws UnusableComponentException if the topology does not read that port
   */
  Shape output(String port);

  /**
   * Checks that a shape is that of an image.
   *
   * @param shape an input or output shape of this site
   * @return the same shape, which is (channels, height, width)
   * @throws UnusableComponentException otherwise; the message names the role and the shape
   */
  default Shape requireImage(Shape shape) {
    if (shape.dimension() != 3) {
      throw new UnusableComponentException(
          "the " + role() + " expects images of shape (channels, height, width), not " + shape);
    }
    return shape;
  }

  /**
   * The random stream for a layer that draws in every pass, such as dropout. The same name gives
   * the same stream.
   */
  RandomStream randomStream(String name);

  /**
   * Lets a layer act after each update of the network's weights, for example to count updates. Such
   * a count belongs in a parameter without a gradient, because checkpoints contain parameters.
   *
   * @param name names the action in messages
   */
  void afterUpdate(String name, Runnable action);
}
