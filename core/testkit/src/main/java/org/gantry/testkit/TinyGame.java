package org.gantry.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.layers.Activation;
import org.gantry.layers.Flatten;
import org.gantry.layers.HeadedNetwork;
import org.gantry.layers.Reshape;
import org.gantry.loss.Loss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;

/**
 * A GAN that is small enough to train in a unit test of a loss or a regularizer.
 *
 * <p>The data are points around (2, 0). The generator and the discriminator have one hidden layer
 * each. The optimizer is plain gradient descent, with batches of {@value #BATCH}, for {@value
 * #STEPS} steps.
 */
public final class TinyGame {

  /** The number of samples in a batch. */
  public static final int BATCH = 4;

  /** The number of steps of the training. */
  public static final int STEPS = 8;

  private static final Shape POINT = new Shape(2);
  private static final Shape IMAGE = new Shape(1, 8, 8);

  private TinyGame() {}

  /** Creates the game with a loss and with regularizers, in their order. */
  public static Composition of(Loss loss, Regularizer... regularizers) {
    return new Composition(
        bound(ComponentKind.DATASET, "points", new NormalPoints()),
        bound(ComponentKind.PRIOR, "codes", new NormalCodes()),
        bound(ComponentKind.TOPOLOGY, "two-players", TinyGame::wire),
        Map.of(
            ComponentKind.GENERATOR,
            new BoundComponent<>(
                site -> network(2),
                origin(ComponentKind.GENERATOR, "tiny", "latent", DatasetField.IMAGE)),
            ComponentKind.DISCRIMINATOR,
            new BoundComponent<>(
                site -> network(1),
                origin(ComponentKind.DISCRIMINATOR, "tiny", DatasetField.IMAGE, "score"))),
        bound(ComponentKind.LOSS, "tried", loss),
        List.of(regularizers).stream()
            .map(r -> bound(ComponentKind.REGULARIZER, "tried", r))
            .toList(),
        player -> bound(ComponentKind.OPTIMIZER, "descent", new GradientDescent()),
        Map.of(),
        BATCH,
        STEPS,
        1);
  }

  /**
   * Replaces a network of a game.
   *
   * @param kind {@code ComponentKind.GENERATOR} or {@code ComponentKind.DISCRIMINATOR}
   * @param network creates a network from codes of shape (3) to points of shape (2), or from points
   *     to scores of shape (1)
   */
  public static Composition withNetwork(Composition game, String kind, Supplier<Block> network) {
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(kind, new BoundComponent<>(site -> network.get(), networks.get(kind).origin()));
    return game.withNetworks(networks);
  }

  /** Creates the game with images of shape (1, 8, 8) in place of points. */
  public static Composition ofImages(Loss loss, Regularizer... regularizers) {
    Composition game = of(loss, regularizers);
    Map<String, Supplier<Block>> images =
        Map.of(
            ComponentKind.GENERATOR,
            () -> network(Math.toIntExact(IMAGE.size())).add(new Reshape(IMAGE)),
            ComponentKind.DISCRIMINATOR,
            () -> new SequentialBlock().add(new Flatten()).add(network(1)));
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>();
    images.forEach(
        (kind, network) ->
            networks.put(
                kind,
                new BoundComponent<>(site -> network.get(), game.networks().get(kind).origin())));
    return game.withDataset(bound(ComponentKind.DATASET, "images", new BrightLeftImages()))
        .withNetworks(networks);
  }

  /**
   * Replaces the discriminator of a game by one that also has the output port {@code features}.
   *
   * @param trunk creates the network from points of shape (2) to features; a linear unit scores the
   *     features
   */
  public static Composition withFeatures(Composition game, Supplier<Block> trunk) {
    Map<String, BoundComponent<Architecture>> networks = new HashMap<>(game.networks());
    networks.put(
        ComponentKind.DISCRIMINATOR,
        new BoundComponent<>(
            site -> new HeadedNetwork(trunk.get(), Linear.builder().setUnits(1).build()),
            new ComponentOrigin(
                ComponentKind.DISCRIMINATOR,
                "tiny",
                "1.0.0",
                "testkit",
                List.of(DatasetField.IMAGE),
                List.of("score", "features"),
                "")));
    return game.withNetworks(networks);
  }

  private static <T> BoundComponent<T> bound(String kind, String name, T component) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, name, "1.0.0", "testkit", List.of(), List.of(), ""));
  }

  private static ComponentOrigin origin(String kind, String name, String takes, String gives) {
    return new ComponentOrigin(kind, name, "1.0.0", "testkit", List.of(takes), List.of(gives), "");
  }

  private static SequentialBlock network(int outputs) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(8).build())
        .add(Activation.TANH.layer())
        .add(Linear.builder().setUnits(outputs).build());
  }

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal code = graph.latent("z");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", code)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(code).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
  }

  private record NormalPoints() implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, POINT, -4, 4, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      into.get(DatasetField.IMAGE)
          .put((float) random.nextGaussian(2, 0.5))
          .put((float) random.nextGaussian(0, 0.5));
    }
  }

  /** Noise that is brighter on the left. */
  private record BrightLeftImages() implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, IMAGE, -4, 4, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      for (int i = 0; i < IMAGE.size(); i++) {
        into.get(DatasetField.IMAGE).put((float) random.nextGaussian(i % 8 < 4 ? 0.5 : -0.5, 0.5));
      }
    }
  }

  private record NormalCodes() implements Prior {

    @Override
    public Shape shape() {
      return new Shape(3);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      while (into.hasRemaining()) {
        into.put((float) random.nextGaussian());
      }
    }
  }

  private record GradientDescent() implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        NDArray move = update.gradients().get(i).mul(0.1f);
        update.parameters().get(i).subi(move);
      }
    }
  }
}
