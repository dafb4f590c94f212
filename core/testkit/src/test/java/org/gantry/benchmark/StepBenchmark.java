package org.gantry.benchmark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;
import org.gantry.layers.TransposedConvolution;
import org.gantry.loss.Loss;
import org.gantry.loss.ScoreLoss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.topology.Topology;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;

/**
 * How long a step of a composed training takes, as a share of the time that a loop written by hand
 * with DJL's gradient collector takes on the same networks, data and update rule. Both sides are
 * measured in turns within one process; printed are medians over the rounds.
 */
public final class StepBenchmark {

  private static final int ROUNDS = 7;

  private record Game(
      String name, int batch, Shape image, Supplier<Block> generator, Supplier<Block> judge) {}

  private StepBenchmark() {}

  /** Measures both games, {@code mlp} on points and {@code dcgan} on images of 28 by 28. */
  public static void main(String[] arguments) {
    measure(new Game("mlp", 256, new Shape(2), () -> mlp(2), () -> mlp(1)), 200);
    measure(
        new Game("dcgan", 64, new Shape(1, 28, 28), StepBenchmark::generator, StepBenchmark::judge),
        5);
  }

  private static void measure(Game game, int steps) {
    List<Double> composed = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    try (Session session = Session.open(TrainingGraph.build(composition(game)));
        PlainLoop loop = new PlainLoop(game)) {
      for (int round = 0; round <= ROUNDS; round++) {
        double a = time(session::step, steps);
        double b = time(loop::step, steps);
        if (round > 0) {
          composed.add(a);
          plain.add(b);
        }
      }
    }
    System.out.printf(
        "%s: composed %.2f ms, plain %.2f ms, ratio %.3f (medians of %d rounds of %d steps)%n",
        game.name(),
        median(composed),
        median(plain),
        median(composed) / median(plain),
        ROUNDS,
        steps);
  }

  private static double time(Runnable step, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return (System.nanoTime() - start) / 1e6 / steps;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  // ---- The networks
  // ------------------------------------------------------------------------------

  private static Block mlp(int outputs) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.RELU.layer())
        .add(Linear.builder().setUnits(128).build())
        .add(Activation.RELU.layer())
        .add(Linear.builder().setUnits(outputs).build());
  }

  private static Block generator() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(64 * 7 * 7).build())
        .add(new Reshape(new Shape(64, 7, 7)))
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(new TransposedConvolution(32, new FilterWindow(4, 2, 1), 0, false))
        .add(new BatchNorm())
        .add(Activation.RELU.layer())
        .add(new TransposedConvolution(1, new FilterWindow(4, 2, 1), 0, false))
        .add(Activation.TANH.layer());
  }

  private static Block judge() {
    return new SequentialBlock()
        .add(new Convolution(32, new FilterWindow(4, 2, 1), false))
        .add(Activation.LEAKY_RELU.layer())
        .add(new Convolution(64, new FilterWindow(4, 2, 1), false))
        .add(new BatchNorm())
        .add(Activation.LEAKY_RELU.layer())
        .add(new Flatten())
        .add(Linear.builder().setUnits(1).build());
  }

  // ---- By hand
  // -----------------------------------------------------------------------------------

  /**
   * Two collected passes a step: the fakes are detached for one player and made again for the
   * other.
   */
  private static final class PlainLoop implements AutoCloseable {
    private final Game game;
    private final NDManager root = Engine.getEngine("PyTorch").newBaseManager();
    private final ParameterStore store = new ParameterStore(root, false);
    private final Block generator;
    private final Block judge;
    private final RandomStreams streams = new RandomStreams(1);
    private long steps;

    PlainLoop(Game game) {
      this.game = game;
      generator = game.generator().get();
      judge = game.judge().get();
      generator.initialize(root, DataType.FLOAT32, new Shape(game.batch(), 64));
      judge.initialize(root, DataType.FLOAT32, new Shape(game.batch()).addAll(game.image()));
    }

    void step() {
      try (NDManager manager = root.newSubManager()) {
        Shape shape = new Shape(game.batch()).addAll(game.image());
        NDArray real = FloatArrays.fill(manager, shape, b -> fill(streams.at("data", steps), b));
        NDArray codes =
            FloatArrays.fill(
                manager, new Shape(game.batch(), 64), b -> fill(streams.at("codes", steps), b));
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          NDArray fake = forward(generator, codes).stopGradient();
          collector.backward(LOSS.discriminatorLoss(forward(judge, real), forward(judge, fake)));
        }
        update(judge);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          collector.backward(LOSS.generatorLoss(forward(judge, forward(generator, codes))));
        }
        update(generator);
        clear(judge);
      }
      steps++;
    }

    private NDArray forward(Block block, NDArray input) {
      return block.forward(store, new NDList(input), true).singletonOrThrow();
    }

    private static void update(Block block) {
      boolean recording = Autograd.setRecording(false);
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          try (NDArray gradient = parameter.getArray().getGradient();
              NDArray move = gradient.mul(1e-3f)) {
            parameter.getArray().subi(move);
            gradient.muli(0);
          }
        }
      }
      Autograd.setRecording(recording);
    }

    private static void clear(Block block) {
      boolean recording = Autograd.setRecording(false);
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          try (NDArray gradient = parameter.getArray().getGradient()) {
            gradient.muli(0);
          }
        }
      }
      Autograd.setRecording(recording);
    }

    @Override
    public void close() {
      root.close();
    }
  }

  // ---- Composed
  // ----------------------------------------------------------------------------------

  private static final ScoreLoss LOSS =
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

  private static void fill(RandomGenerator random, FloatBuffer buffer) {
    while (buffer.hasRemaining()) {
      buffer.put((float) random.nextGaussian());
    }
  }

  private static Composition composition(Game game) {
    return new Composition(
        bound("dataset", List.of(), List.of(), (Dataset) new Noise(game.image())),
        bound("prior", List.of(), List.of(), (Prior) new Normal()),
        bound("topology", List.of(), List.of(), (Topology) StepBenchmark::wire),
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
                (Architecture) site -> game.judge().get())),
        bound("loss", List.of(), List.of(), (Loss) LOSS),
        List.of(),
        player -> bound("optimizer", List.of(), List.of(), (Optimizer) new Descent()),
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
    Network judge =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes("image", real);
    graph.pair(
        "adversarial",
        judge,
        Example.of(real),
        FakeExample.of(generator.apply(latent).get("image"), "generator"));
  }

  private record Noise(Shape image) implements SampledDataset {
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

  private static final class Normal implements Prior {
    @Override
    public Shape shape() {
      return new Shape(64);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      fill(random, into);
    }
  }

  private static final class Descent implements Optimizer {
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
