package org.gantry.testkit;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.tensor.RandomStream;
import org.gantry.tensor.RandomStreams;

/**
 * A place for a network by itself, outside of any topology.
 *
 * @param inputs the shapes that arrive, by port, without the batch dimension
 * @param outputs the shapes that are wanted, by port, without the batch dimension
 */
public record StandaloneSite(String role, Map<String, Shape> inputs, Map<String, Shape> outputs)
    implements NetworkSite {

  /** Copies the maps. */
  public StandaloneSite {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  /** A generator from latent codes to images. */
  public static StandaloneSite generator(Shape latent, Shape image) {
    return new StandaloneSite("generator", Map.of("latent", latent), Map.of("image", image));
  }

  /** A discriminator of images. */
  public static StandaloneSite discriminator(Shape image) {
    return new StandaloneSite("discriminator", Map.of("image", image), Map.of());
  }

  /** An encoder from images to latent codes. */
  public static StandaloneSite encoder(Shape image, Shape latent) {
    return new StandaloneSite("encoder", Map.of("image", image), Map.of("latent", latent));
  }

  @Override
  public Shape input(String port) {
    return known(inputs, port, "provides");
  }

  @Override
  public Shape output(String port) {
    return known(outputs, port, "wants");
  }

  private Shape known(Map<String, Shape> shapes, String port, String verb) {
    Shape shape = shapes.get(port);
    if (shape == null) {
      throw new UnusableComponentException(
          "the place of the " + role + " " + verb + " nothing at the port " + port);
    }
    return shape;
  }

  @Override
  public RandomStream randomStream(String name) {
    RandomGenerator generator = new RandomStreams(1).at(name);
    return () -> generator;
  }

  /** Does nothing: here nothing is updated. */
  @Override
  public void afterUpdate(String name, Runnable action) {}
}
