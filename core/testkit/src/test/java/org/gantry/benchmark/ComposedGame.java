package org.gantry.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
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
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;

/** The same game as a {@link Composition}. */
final class ComposedGame {

  static final ScoreLoss LOSS =
      new ScoreLoss() {
        @Override
        public NDArray discriminatorLoss(NDArray real, NDArray fake) {
          return real.sub(1).square().mean().add(fake.square().mean());
        }

        @Override
        public NDArray generatorLoss(NDArray fake) {
          return fake.sub(1).square().mean();
        }
      };

  private ComposedGame() {}

  static void fill(RandomGenerator random, FloatBuffer buffer) {
    while (buffer.hasRemaining()) {
      buffer.put((float) random.nextGaussian());
    }
  }

  static Composition composition(BenchmarkGame game) {
    return new Composition(
        bound("dataset", List.of(), List.of(), (Dataset) new NoiseDataset(game.image())),
        bound("prior", List.of(), List.of(), (Prior) new NormalPrior()),
        bound("topology", List.of(), List.of(), (Topology) ComposedGame::wire),
        Map.of(
            ComponentKind.GENERATOR,
            bound(
                ComponentKind.GENERATOR,
                List.of("latent"),
                List.of("image"),
                (Architecture) site -> game.generator().get()),
            ComponentKind.DISCRIMINATOR,
            bound(
                ComponentKind.DISCRIMINATOR,
                List.of("image"),
                List.of("score"),
                (Architecture) site -> game.discriminator().get())),
        bound("loss", List.of(), List.of(), (Loss) LOSS),
        List.of(),
        player -> bound("optimizer", List.of(), List.of(), (Optimizer) new GradientDescent()),
        Map.of(),
        game.batch(),
        1_000_000,
        1);
  }

  private static <T> BoundComponent<T> bound(
      String kind, List<String> takes, List<String> gives, T component) {
    return new BoundComponent<>(
        component, new ComponentOrigin(kind, "benchmark", "1", "benchmark 1", takes, gives, ""));
  }

  private static void wire(Graph graph) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal latent = graph.latent("latent");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", latent)
            .gives("image", real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes("image", real);
    graph.pair(
        "adversarial",
        discriminator,
        Example.of(real),
        FakeExample.of(generator.apply(latent).get("image"), "generator"));
  }

  private record NoiseDataset(Shape image) implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, image, -4, 4, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      FloatBuffer buffer = into.get(DatasetField.IMAGE);
      for (long i = 0; i < image.size(); i++) {
        buffer.put((float) random.nextGaussian());
      }
    }
  }

  private static final class NormalPrior implements Prior {
    @Override
    public Shape shape() {
      return new Shape(BenchmarkGame.CODE_LENGTH);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      fill(random, into);
    }
  }

  private static final class GradientDescent implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        try (NDArray move = update.gradients().get(i).mul(1e-3f)) {
          update.parameters().get(i).subi(move);
        }
      }
    }
  }
}
