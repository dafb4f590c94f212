package org.gantry.architecture;

import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
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

  /** Whether the topology feeds an input port, which matters for optional ports. */
  boolean isFed(String port);

  /**
   * The field of the data that arrives at an input port as it is, with its range, the names of its
   * classes, or its words.
   *
   * @return empty if something else arrives there
   */
  default Optional<DatasetField> field(String port) {
    return Optional.empty();
  }

  /**
   * The data set whose field arrives at an input port as it is, for networks that look at all
   * samples before the training. The data set is for reading during the initialization of weights.
   *
   * @return empty if something else arrives there
   */
  default Optional<Dataset> dataset(String port) {
    return Optional.empty();
  }

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
