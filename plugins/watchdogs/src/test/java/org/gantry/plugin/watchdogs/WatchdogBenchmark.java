package org.gantry.plugin.watchdogs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.layers.Activation;
import org.gantry.layers.BatchNorm;
import org.gantry.layers.Convolution;
import org.gantry.layers.FilterWindow;
import org.gantry.layers.Flatten;
import org.gantry.layers.Reshape;
import org.gantry.layers.TransposedConvolution;
import org.gantry.loss.ScoreLoss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.prior.Prior;
import org.gantry.testkit.TinyGame;
import org.gantry.training.BoundComponent;
import org.gantry.training.ComponentOrigin;
import org.gantry.training.Composition;
import org.gantry.training.GradientCheck;
import org.gantry.training.Session;
import org.gantry.training.TrainingGraph;
import org.gantry.watchdog.SampleBatch;
import org.gantry.watchdog.StepReport;
import org.gantry.watchdog.Watchdog;

/**
 * Measures the cost of watching a training as the product does: a finiteness check of gradients in
 * every step, gradient norms in every tenth step, all watchdogs in every step, and samples in every
 * 200th step. Two trainings of the same game alternate step by step in one process, and the order
 * alternates too. The benchmark prints the relative increase of the median step, and the increase
 * from the mean cost of inspecting samples.
 */
final class WatchdogBenchmark {

  private static final int MEASURE_EVERY = 10;
  private static final int WATCH_EVERY = 200;

  private static final Map<String, Watchdog> WATCHDOGS =
      Map.of(
          "explosion",
              new ExplosionWatchdog(
                  new ExplosionWatchdog.Options(100, 10, 1, 1e5, 1e-4, 100, 1000, 100)),
          "dominance", new DominanceWatchdog(new DominanceWatchdog.Options(1e-3, 300)),
          "collapse", new CollapseWatchdog(new CollapseWatchdog.Options(0.25, 0.05, 3, 100)),
          "non-finite", new NonFiniteWatchdog());

  private record BenchmarkGame(
      String name, int batch, Shape image, Supplier<Block> generator, Supplier<Block> critic) {}

  private WatchdogBenchmark() {}

  /** Measures a game of points and a game of images. */
  public static void main(String[] arguments) {
    measure(new BenchmarkGame("mlp", 256, new Shape(2), () -> mlp(2), () -> mlp(1)), 6000);
    measure(
        new BenchmarkGame(
            "dcgan",
            64,
            new Shape(1, 28, 28),
            WatchdogBenchmark::generator,
            WatchdogBenchmark::critic),
        400);
  }

  private static void measure(BenchmarkGame game, int steps) {
    TrainingGraph graph = TrainingGraph.build(composition(game));
    try (Session watched = Session.open(graph);
        Session bare = Session.open(graph);
        NDManager manager = NDManager.newBaseManager()) {
      WatchdogHost watching = new WatchdogHost(graph, watched);
      List<Double> measured = new ArrayList<>();
      List<Double> finite = new ArrayList<>();
      List<Double> without = new ArrayList<>();
      List<Double> looks = new ArrayList<>();
      int warm = steps / 10;
      for (long i = 1; i <= warm + steps; i++) {
        double[] times = new double[2];
        for (long turn = i; turn < i + 2; turn++) {
          times[(int) (turn % 2)] =
              time(turn % 2 == 0 ? n -> watching.step() : n -> bare.step(GradientCheck.NONE), i);
        }
        double look = i % WATCH_EVERY == 0 ? time(n -> watching.samples(manager), i) : Double.NaN;
        if (i > warm) {
          (watched.completedSteps() % MEASURE_EVERY == 0 ? measured : finite).add(times[0]);
          without.add(times[1]);
          if (!Double.isNaN(look)) {
            looks.add(look);
          }
        }
      }
      double step = median(without);
      double most = median(finite) / step - 1;
      double tenth = median(measured) / step - 1;
      double look = median(looks) / step / WATCH_EVERY;
      System.out.printf(
          Locale.ROOT,
          "%s: a step of %.3f ms is longer by %.1f %%, by %.1f %% where gradients are measured, and"
              + " looks at samples add %.2f %%: %.2f %% in all (medians of %d steps)%n",
          game.name(),
          step,
          100 * most,
          100 * tenth,
          100 * look,
          100 * ((most * (MEASURE_EVERY - 1) + tenth) / MEASURE_EVERY + look),
          steps);
    }
  }

  /** The work of the host for watchdogs around a step. */
  private static final class WatchdogHost {

    private final TrainingGraph graph;
    private final Session session;
    private final Map<String, Map<String, Double>> memory = new TreeMap<>();

    WatchdogHost(TrainingGraph graph, Session session) {
      this.graph = graph;
      this.session = session;
    }

    void step() {
      boolean measured = (session.completedSteps() + 1) % MEASURE_EVERY == 0;
      Map<String, Double> terms =
          session.step(measured ? GradientCheck.NORM : GradientCheck.FINITE);
      StepReport step =
          new StepReport(
              session.completedSteps(),
              terms,
              graph.discriminatorTerms(),
              session.gradientNorms(),
              Map.of());
      WATCHDOGS.forEach(
          (name, dog) ->
              memory.put(
                  name, dog.inspectStep(step, memory.getOrDefault(name, Map.of())).memory()));
    }

    void samples(NDManager manager) {
      try (NDManager scope = manager.newSubManager()) {
        for (SampleBatch samples : session.samples(scope)) {
          WATCHDOGS.forEach(
              (name, dog) ->
                  memory.put(
                      name,
                      dog.inspectSamples(samples, memory.getOrDefault(name, Map.of())).memory()));
        }
      }
    }
  }

  private static double time(LongConsumer step, long number) {
    long start = System.nanoTime();
    step.accept(number);
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

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

  private static Block critic() {
    return new SequentialBlock()
        .add(new Convolution(32, new FilterWindow(4, 2, 1), false))
        .add(Activation.LEAKY_RELU.layer())
        .add(new Convolution(64, new FilterWindow(4, 2, 1), false))
        .add(new BatchNorm())
        .add(Activation.LEAKY_RELU.layer())
        .add(new Flatten())
        .add(Linear.builder().setUnits(1).build());
  }

  private static Composition composition(BenchmarkGame game) {
    Composition tiny = TinyGame.of(new SquaredScores());
    tiny = TinyGame.withNetwork(tiny, ComponentKind.GENERATOR, game.generator());
    tiny = TinyGame.withNetwork(tiny, ComponentKind.DISCRIMINATOR, game.critic());
    return new Composition(
        new BoundComponent<>(new NoiseData(game.image()), origin("dataset")),
        new BoundComponent<>(new StandardNormal(), origin("prior")),
        tiny.topology(),
        tiny.networks(),
        tiny.loss(),
        List.of(),
        player -> new BoundComponent<>(new PlainDescent(), origin("optimizer")),
        Map.of(),
        game.batch(),
        1_000_000,
        1);
  }

  private static ComponentOrigin origin(String kind) {
    return new ComponentOrigin(kind, "benchmark", "1", "benchmark 1", List.of(), List.of(), "");
  }

  private record SquaredScores() implements ScoreLoss {

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return real.sub(1).square().mean().add(fake.square().mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.sub(1).square().mean();
    }
  }

  private record PlainDescent() implements Optimizer {

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

  private static void fill(RandomGenerator random, FloatBuffer buffer, long count) {
    for (long i = 0; i < count; i++) {
      buffer.put((float) random.nextGaussian());
    }
  }

  private record NoiseData(Shape image) implements SampledDataset {
    @Override
    public List<DatasetField> fields() {
      return List.of(new DatasetField(DatasetField.IMAGE, image, -4, 4, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      fill(random, into.get(DatasetField.IMAGE), image.size());
    }
  }

  private static final class StandardNormal implements Prior {
    @Override
    public Shape shape() {
      return new Shape(64);
    }

    @Override
    public void draw(RandomGenerator random, FloatBuffer into) {
      fill(random, into, into.remaining());
    }
  }
}
