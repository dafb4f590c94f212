package org.gantry.testkit;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStream;
import org.gantry.tensor.RandomStreams;

/**
 * A site for a network that is not part of a topology.
 *
 * @param role the role of the network, such as {@code generator}
 * @param inputs the shapes of the inputs by port, without the batch dimension
 * @param outputs the required shapes of the outputs by port, without the batch dimension
 */
public record StandaloneSite(String role, Map<String, Shape> inputs, Map<String, Shape> outputs)
    implements NetworkSite {

  /** Copies the maps. */
  public StandaloneSite {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  /** Creates the site of a generator from latent codes to images. */
  public static StandaloneSite generator(Shape latent, Shape image) {
    return new StandaloneSite("generator", Map.of("latent", latent), Map.of("image", image));
  }

  /** Creates the site of a discriminator of images. */
  public static StandaloneSite discriminator(Shape image) {
    return new StandaloneSite("discriminator", Map.of("image", image), Map.of());
  }

  /** Creates the site of an encoder from images to latent codes. */
  public static StandaloneSite encoder(Shape image, Shape latent) {
    return new StandaloneSite("encoder", Map.of("image", image), Map.of("latent", latent));
  }

  @Override
  public Shape input(String port) {
    return shape(inputs, port, "an input");
  }

  @Override
  public Shape output(String port) {
    return shape(outputs, port, "an output");
  }

  private Shape shape(Map<String, Shape> shapes, String port, String what) {
    Shape shape = shapes.get(port);
    if (shape == null) {
      throw new UnusableComponentException(
          "the site of the %s does not have %s at the port %s; it has %s"
              .formatted(role, what, port, shapes.keySet()));
    }
    return shape;
  }

  @Override
  public RandomStream randomStream(String name) {
    RandomGenerator generator = new RandomStreams(1).at(name);
    return () -> generator;
  }

  /** Does nothing, because the network is not trained. */
  @Override
  public void afterUpdate(String name, Runnable action) {}
}
