package org.gantry.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.architecture.Architecture;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.regularizer.Regularizer;
import org.gantry.topology.Topology;

/** The smallest game, for tests of the graph: two tiny networks and points in the plane. */
final class ToyGame {

  static final int BATCH = 8;

  private ToyGame() {}

  static Composition composition() {
    return new Composition(
        bound("dataset", "ring", ring()),
        bound("prior", "normal", (Prior) new Normal()),
        bound("topology", "plain", (Topology) ToyGame::plain),
        Map.of(
            ComponentKind.GENERATOR,
            network(ComponentKind.GENERATOR, List.of("latent"), List.of("image"), site -> mlp(2)),
            ComponentKind.DISCRIMINATOR,
            network(
                ComponentKind.DISCRIMINATOR, List.of("image"), List.of("score"), site -> mlp(1))),
        bound("loss", "least-squares", (Loss) new LeastSquares()),
        List.of(),
        player -> bound("optimizer", "sgd", (Optimizer) new Sgd()),
        Map.of(),
        BATCH,
        100,
        7);
  }

  static Composition withLoss(Composition c, Loss loss) {
    return c.withLoss(bound("loss", "other", loss));
  }

  static Composition withRegularizer(Composition c, Regularizer regularizer) {
    return c.withRegularizers(List.of(bound("regularizer", "extra", regularizer)));
  }

  static Composition withNetworks(
      Composition c, Map<String, BoundComponent<Architecture>> networks) {
    return c.withNetworks(networks);
  }

  static Composition withOptimizer(Composition c, Optimizer optimizer) {
    return c.withOptimizers(player -> bound("optimizer", "other", optimizer));
  }

  static Composition updates(Composition c, Map<String, Integer> updates) {
    return c.withUpdates(updates);
  }

  static <T> BoundComponent<T> bound(String kind, String name, T component) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, name, "1.0.0", "toy 1.0.0", List.of(), List.of(), ""));
  }

  static BoundComponent<Architecture> network(
      String kind, List<String> takes, List<String> gives, Architecture architecture) {
    return new BoundComponent<>(
        architecture, new ComponentOrigin(kind, "mlp", "1.0.0", "toy 1.0.0", takes, gives, ""));
  }

  static Block mlp(int outputs) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(16).build())
        .add(Activation::tanh)
        .add(Linear.builder().setUnits(outputs).build());
  }

  static void plain(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives("image", real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes("image", real);
    Signal fake = generator.apply(latent).get("image");
    graph.pair(
        "adversarial", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
  }

  static final class Ring implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, new Shape(2), -1, 1, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      double angle = random.nextInt(8) * Math.PI / 4;
      into.get(DatasetField.IMAGE).put((float) Math.cos(angle)).put((float) Math.sin(angle));
    }
  }

  /** Returns points on a circle, as a {@link Dataset}. */
  static Dataset ring() {
    return new Ring();
  }

  static final class Normal implements Prior {
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

  static final class LeastSquares implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.sub(1).square().mean().add(fake.square().mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.sub(1).square().mean();
    }
  }

  static final class Sgd implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of("velocity");
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        step(
            update.parameters().get(i),
            update.gradients().get(i),
            update.slots().get("velocity").get(i),
            update.learningRateScale());
      }
    }

    static void step(NDArray parameter, NDArray gradient, NDArray velocity) {
      step(parameter, gradient, velocity, 1);
    }

    private static void step(NDArray parameter, NDArray gradient, NDArray velocity, double scale) {
      try (NDManager scratch = parameter.getManager().newSubManager()) {
        velocity.muli(0.5f).addi(gradient);
        NDArray move = velocity.mul(0.05f * (float) scale);
        move.attach(scratch);
        parameter.subi(move);
      }
    }
  }

  static NDList weights(Session session, NDManager manager) {
    NDArray codes = manager.ones(new Shape(4, 3));
    return session.trainedModel(manager, 1).apply("generator", codes);
  }
}
