package org.gantry.testkit;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gantry.architecture.NetworkSite;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.WordVocabulary;
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
  public boolean isFed(String port) {
    return inputs.containsKey(port);
  }

  /** A field of two classes at the port {@code label}, and one of two words at {@code text}. */
  @Override
  public Optional<DatasetField> field(String port) {
    return switch (port) {
      case "label" -> Optional.of(DatasetField.label(List.of("first", "second")));
      case "text" ->
          Optional.of(
              DatasetField.text(
                  "text",
                  WordVocabulary.of(List.of("two words")),
                  Math.toIntExact(input(port).get(0))));
      default -> Optional.empty();
    };
  }

  /** A data set of one text at the port {@code text}. */
  @Override
  public Optional<Dataset> dataset(String port) {
    return port.equals("text") ? field(port).map(OneText::new) : Optional.empty();
  }

  /** Samples whose text consists of both words of the vocabulary. */
  private record OneText(DatasetField field) implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(field);
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public void read(int index, DatasetField wanted, FloatBuffer into) {
      into.put(new WordVocabulary(field.classNames()).encode("two words", field.length()));
    }
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
