package org.gantry.architecture;

import ai.djl.ndarray.types.Shape;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStream;
import org.osgi.annotation.versioning.ProviderType;

/** The place in a topology that a network is built for. Shapes are without the batch dimension. */
@ProviderType
public interface NetworkSite {

  /** The role, such as {@code generator} or {@code manifold-discriminator}. */
  String role();

  /**
   * The shape that arrives at an input port.
   *
   * @throws UnusableComponentException if the topology provides nothing at that port
   */
  Shape input(String port);

  /**
   * The shape that the topology wants from an output port, such as the data's shape from {@code
   * image}.
   *
   * @throws UnusableComponentException if the topology asks for nothing at that port
   */
  Shape output(String port);

  /**
   * The images that go in or come out, checked.
   *
   * @param shape an input or output shape of this site
   * @return the same shape, when it is (channels, height, width)
   * @throws UnusableComponentException naming the role and the shape, otherwise
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
   * Lets a layer act after each update of the network's weights, such as count them. What it counts
   * belongs into a parameter without a gradient, which checkpoints carry.
   *
   * @param name for messages
   */
  void afterUpdate(String name, Runnable action);
}
