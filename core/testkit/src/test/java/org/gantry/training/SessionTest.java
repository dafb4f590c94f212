package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.layers.BatchNorm;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.tensor.Autograd;
import org.gantry.tensor.EngineSeed;
import org.gantry.tensor.FloatArrays;
import org.gantry.tensor.RandomStreams;
import org.gantry.testkit.ArrayAssertions;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class SessionTest {

  // ---- Freezing, cutting, sharing
  // ----------------------------------------------------------------

  /** Writes down, per forward pass in training, whether its weights were recorded for gradients. */
  private static final class Probe extends AbstractBlock {
    private final Block block;
    private final List<Boolean> recorded;

    Probe(Block block, List<Boolean> recorded) {
      this.block = addChildBlock("probed", block);
      this.recorded = recorded;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      if (training) {
        recorded.add(block.getParameters().get(0).getValue().getArray().hasGradient());
      }
      return block.forward(store, inputs, training);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return block.getOutputShapes(inputShapes);
    }

    @Override
    protected void initializeChildBlocks(
        NDManager manager, DataType dataType, Shape... inputShapes) {
      block.initialize(manager, dataType, inputShapes);
    }
  }

  private static Composition probed(List<Boolean> generator, List<Boolean> discriminator) {
    return ToyGame.withNetworks(
        ToyGame.composition(),
        Map.of(
            ComponentKind.GENERATOR,
            ToyGame.network(
                ComponentKind.GENERATOR,
                List.of("latent"),
                List.of("image"),
                site -> new Probe(ToyGame.mlp(2), generator)),
            ComponentKind.DISCRIMINATOR,
            ToyGame.network(
                ComponentKind.DISCRIMINATOR,
                List.of("image"),
                List.of("score"),
                site -> new Probe(ToyGame.mlp(1), discriminator))));
  }

  @Test
  void theDiscriminatorGetsNoGradientOfItsOwnInTheGeneratorsPhase() {
    List<Boolean> discriminator = new ArrayList<>();
    try (Session session =
        Session.open(TrainingGraph.build(probed(new ArrayList<>(), discriminator)))) {
      session.step();
    }
    assertEquals(List.of(true, true, false), discriminator, "real, fake, fake for the generator");
  }

  @Test
  void aGeneratedBatchIsEvaluatedOnceForBothPlayers() {
    List<Boolean> generator = new ArrayList<>();
    try (Session session =
        Session.open(TrainingGraph.build(probed(generator, new ArrayList<>())))) {
      session.step();
      session.step();
    }
    assertEquals(List.of(true, true), generator, "one evaluation a step, recorded");
  }

  @Test
  void onlyTheLastOfSeveralDiscriminatorUpdatesRecordsTheGenerator() {
    List<Boolean> generator = new ArrayList<>();
    Composition composition =
        ToyGame.updates(probed(generator, new ArrayList<>()), Map.of("discriminator", 3));
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      session.step();
    }
    assertEquals(List.of(false, false, true), generator);
  }

  @Test
  void noiseOnWhatTheDiscriminatorSeesIsDrawnAfreshInEveryPhase() {
    List<Double> noise = new ArrayList<>();
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph
                    .network("discriminator")
                    .transformInput(
                        "image",
                        x ->
                            graph.map(
                                "noised",
                                (a, b) -> {
                                  noise.add((double) b.getFloat(0, 0));
                                  return a.add(b);
                                },
                                x,
                                graph.normal("instance", x.shape()))));
    TrainingGraph graph = TrainingGraph.build(composition);
    try (Session session = Session.open(graph)) {
      noise.clear();
      session.step();
    }
    assertEquals(3, noise.size(), "real and fake for the discriminator, fake for the generator");
    assertEquals(3, noise.stream().distinct().count());
  }

  // ---- Against a plain loop
  // ----------------------------------------------------------------------

  @Test
  void aTrainingEqualsAPlainLoopBitForBit(@TempDir Path folder, NDManager manager)
      throws IOException {
    Composition composition = ToyGame.composition();
    int steps = 5;
    NDList expected = plainLoop(manager, composition, steps);
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      for (int i = 0; i < steps; i++) {
        session.step();
      }
      session.save(folder);
    }
    NDList actual =
        NDList.decode(manager, Files.readAllBytes(folder.resolve("generator.safetensors")));
    actual.addAll(
        NDList.decode(manager, Files.readAllBytes(folder.resolve("discriminator.safetensors"))));
    assertEquals(expected.size(), actual.size());
    Map<String, float[]> byName = new HashMap<>();
    for (int i = 0; i < actual.size(); i++) {
      byName.put(
          (i < actual.size() / 2 ? "g" : "d") + actual.get(i).getName(),
          actual.get(i).toFloatArray());
    }
    for (NDArray array : expected) {
      assertArrayEquals(array.toFloatArray(), byName.get(array.getName()), array.getName());
    }
  }

  /** What a user of DJL would write by hand: detach, collect, update, for both players in turn. */
  private static NDList plainLoop(NDManager manager, Composition composition, int steps) {
    RandomStreams streams = new RandomStreams(composition.seed());
    Block generator = ToyGame.mlp(2);
    Block discriminator = ToyGame.mlp(1);
    EngineSeed.runSeeded(
        streams.at("init/generator").nextLong(),
        () -> generator.initialize(manager, DataType.FLOAT32, new Shape(ToyGame.BATCH, 3)));
    EngineSeed.runSeeded(
        streams.at("init/discriminator").nextLong(),
        () -> discriminator.initialize(manager, DataType.FLOAT32, new Shape(ToyGame.BATCH, 2)));
    ParameterStore store = new ParameterStore(manager, false);
    NDList velocityG = zeros(manager, generator);
    NDList velocityD = zeros(manager, discriminator);
    ToyGame.LeastSquares loss = new ToyGame.LeastSquares();
    BatchReader data =
        new BatchReader(composition.dataset().component(), "data", ToyGame.BATCH, streams);
    for (int step = 0; step < steps; step++) {
      long batch = step;
      NDArray real = data.read(manager, DatasetField.IMAGE, batch);
      NDArray codes =
          FloatArrays.fill(
              manager,
              new Shape(ToyGame.BATCH, 3),
              b -> composition.prior().component().draw(streams.at("latent/latent", batch), b));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray fake = forward(generator, store, codes).stopGradient();
        collector.backward(
            loss.discriminatorLoss(
                forward(discriminator, store, real), forward(discriminator, store, fake)));
      }
      update(discriminator, velocityD);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray fake = forward(generator, store, codes);
        collector.backward(loss.generatorLoss(forward(discriminator, store, fake)));
      }
      update(generator, velocityG);
      clear(discriminator);
    }
    NDList all = new NDList();
    generator.getParameters().forEach(p -> all.add(named("g" + p.getKey(), p.getValue())));
    discriminator.getParameters().forEach(p -> all.add(named("d" + p.getKey(), p.getValue())));
    return all;
  }

  private static NDArray named(String name, Parameter parameter) {
    NDArray array = parameter.getArray();
    array.setName(name);
    return array;
  }

  private static NDArray forward(Block block, ParameterStore store, NDArray input) {
    return block.forward(store, new NDList(input), true).singletonOrThrow();
  }

  private static NDList zeros(NDManager manager, Block block) {
    NDList zeros = new NDList();
    block.getParameters().values().forEach(p -> zeros.add(manager.zeros(p.getShape())));
    return zeros;
  }

  private static void update(Block block, NDList velocity) {
    boolean recording = Autograd.setRecording(false);
    int i = 0;
    for (Parameter parameter : block.getParameters().values()) {
      NDArray gradient = parameter.getArray().getGradient();
      ToyGame.Sgd.step(parameter.getArray(), gradient.duplicate(), velocity.get(i++));
      gradient.muli(0);
    }
    Autograd.setRecording(recording);
  }

  private static void clear(Block block) {
    boolean recording = Autograd.setRecording(false);
    block.getParameters().values().forEach(p -> p.getArray().getGradient().muli(0));
    Autograd.setRecording(recording);
  }

  // ---- Resuming
  // ----------------------------------------------------------------------------------

  @Test
  void aRestoredTrainingIsTheOneThatNeverStopped(@TempDir Path folder, NDManager manager)
      throws IOException {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              ScalarState state = graph.state("counter", 1);
              state.setRule((value, signals) -> value * 1.5);
              ScalarState rate = graph.state("rate", 1);
              rate.setRule((value, signals) -> value * 0.7);
              graph.scaleLearningRate("generator", rate.signal());
              graph
                  .network("generator")
                  .averageWeights(
                      "mean",
                      (average, weights, count) -> {
                        for (int i = 0; i < average.size(); i++) {
                          average.get(i).muli(0.9f).addi(weights.get(i).mul(0.1f));
                        }
                      });
              noise(graph);
            });
    TrainingGraph graph = TrainingGraph.build(composition);
    Map<String, Double> straight = null;
    float[] pictures;
    try (Session session = Session.open(graph)) {
      for (int i = 0; i < 6; i++) {
        straight = session.step();
      }
      pictures = ToyGame.weights(session, manager).get(0).toFloatArray();
    }
    try (Session session = Session.open(graph)) {
      for (int i = 0; i < 3; i++) {
        session.step();
      }
      session.save(folder);
    }
    try (Session session = Session.open(graph)) {
      session.restore(folder);
      assertEquals(3, session.steps());
      Map<String, Double> resumed = null;
      for (int i = 0; i < 3; i++) {
        resumed = session.step();
      }
      assertEquals(straight, resumed);
      assertArrayEquals(pictures, ToyGame.weights(session, manager).get(0).toFloatArray());
    }
  }

  private static void noise(Graph graph) {
    graph
        .network("discriminator")
        .transformInput(
            "image",
            x -> graph.map("noised", NDArray::add, x, graph.normal("instance", x.shape())));
  }

  @Test
  void runningStatisticsSuitTheAveragedWeights(@TempDir Path folder, NDManager manager)
      throws IOException {
    Composition plain = ToyGame.composition();
    Composition normalised =
        ToyGame.withNetworks(
            plain,
            Map.of(
                ComponentKind.GENERATOR,
                ToyGame.network(
                    ComponentKind.GENERATOR,
                    List.of("latent"),
                    List.of("image"),
                    site -> ((SequentialBlock) ToyGame.mlp(2)).add(new BatchNorm())),
                ComponentKind.DISCRIMINATOR,
                plain.networks().get(ComponentKind.DISCRIMINATOR)));
    // The average stays where it began, far from the weights whose statistics run along.
    Composition averaged =
        ToyGame.withRegularizer(
            normalised,
            graph ->
                graph
                    .network("generator")
                    .averageWeights("first", (average, weights, count) -> {}));
    try (Session session = Session.open(TrainingGraph.build(averaged))) {
      for (int i = 0; i < 100; i++) {
        session.step();
      }
      NDArray codes =
          FloatArrays.fill(
              manager,
              new Shape(4096, 3),
              b -> new ToyGame.Normal().draw(new RandomStreams(3).at("codes"), b));
      NDArray points = session.trained(manager, 1).apply("generator", codes).singletonOrThrow();
      // Gain and shift of the first weights are one and zero.
      NDArray mean = points.mean(new int[] {0});
      NDArray deviation = points.sub(mean).square().mean(new int[] {0}).sqrt();
      ArrayAssertions.assertClose(0.15, mean, 0, 0);
      ArrayAssertions.assertClose(0.15, deviation, 1, 1);
    }
  }

  @Test
  void runningStatisticsSuitThePriorWhateverElseAGeneratorIsAppliedTo(NDManager manager) {
    Composition elsewhere = ToyGame.withRegularizer(normalised(), SessionTest::applyFarAway);
    try (Session session = Session.open(TrainingGraph.build(elsewhere))) {
      for (int i = 0; i < 100; i++) {
        session.step();
      }
      NDArray codes =
          FloatArrays.fill(
              manager,
              new Shape(4096, 3),
              b -> new ToyGame.Normal().draw(new RandomStreams(3).at("codes"), b));
      NDArray points = session.trained(manager, 1).apply("generator", codes).singletonOrThrow();
      // Gain and shift are one and zero, for nothing has moved.
      NDArray mean = points.mean(new int[] {0});
      NDArray deviation = points.sub(mean).square().mean(new int[] {0}).sqrt();
      ArrayAssertions.assertClose(0.15, mean, 0, 0);
      ArrayAssertions.assertClose(0.15, deviation, 1, 1);
    }
  }

  @Test
  void whatIsLookedAtIsDrawnAfreshEvenWhereStatisticsAreRenewedForIt(NDManager manager) {
    List<Double> drawn = new ArrayList<>();
    Composition noisy =
        ToyGame.withRegularizer(
            normalised(),
            graph -> {
              applyFarAway(graph);
              graph
                  .network("generator")
                  .transformInput(
                      "latent",
                      z ->
                          graph.map(
                              "noised",
                              (a, b) -> {
                                drawn.add((double) b.getFloat(0, 0));
                                return a.add(b);
                              },
                              z,
                              graph.normal("noise", z.shape())));
            });
    Set<Double> looks = new HashSet<>();
    try (Session session = Session.open(TrainingGraph.build(noisy))) {
      for (int i = 0; i < 3; i++) {
        session.step();
        session.samples(manager);
        looks.add(drawn.get(drawn.size() - 1));
      }
    }
    assertEquals(3, looks.size());
  }

  /** A game that stands still, whose generator ends in batch normalisation. */
  private static Composition normalised() {
    Composition plain = ToyGame.withOptimizer(ToyGame.composition(), new Still());
    return ToyGame.withNetworks(
        plain,
        Map.of(
            ComponentKind.GENERATOR,
            ToyGame.network(
                ComponentKind.GENERATOR,
                List.of("latent"),
                List.of("image"),
                site -> ((SequentialBlock) ToyGame.mlp(2)).add(new BatchNorm())),
            ComponentKind.DISCRIMINATOR,
            plain.networks().get(ComponentKind.DISCRIMINATOR)));
  }

  /** Applies the generator to codes that no prior would draw. */
  private static void applyFarAway(Graph graph) {
    Signal far =
        graph.map(
            "far", z -> z.mul(9f).add(9f), graph.normal("codes", new Shape(ToyGame.BATCH, 3)));
    Signal made = graph.network("generator").apply(far).get("image");
    graph.minimise("generator", "far", 1, graph.map("size", x -> x.square().mean(), made));
  }

  /** An optimizer that changes nothing. */
  private record Still() implements Optimizer {
    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {}
  }

  @Test
  void anotherSeedGivesAnotherTraining(NDManager manager) {
    Composition c = ToyGame.composition();
    Composition other = c.withSeed(c.seed() + 1);
    try (Session one = Session.open(TrainingGraph.build(c));
        Session two = Session.open(TrainingGraph.build(other))) {
      assertNotEquals(one.step(), two.step());
    }
  }

  @Test
  void aLayerActsAfterEachUpdateOfItsOwnNetwork() {
    List<String> acted = new ArrayList<>();
    Composition acting =
        ToyGame.withNetworks(
            ToyGame.composition(),
            Map.of(
                ComponentKind.GENERATOR,
                ToyGame.network(
                    ComponentKind.GENERATOR,
                    List.of("latent"),
                    List.of("image"),
                    site -> {
                      site.afterUpdate("note", () -> acted.add("generator"));
                      return ToyGame.mlp(2);
                    }),
                ComponentKind.DISCRIMINATOR,
                ToyGame.network(
                    ComponentKind.DISCRIMINATOR,
                    List.of("image"),
                    List.of("score"),
                    site -> {
                      site.afterUpdate("note", () -> acted.add("discriminator"));
                      return ToyGame.mlp(1);
                    })));
    Composition twice = ToyGame.updates(acting, Map.of("discriminator", 2));
    try (Session session = Session.open(TrainingGraph.build(twice))) {
      session.step();
    }
    assertEquals(List.of("discriminator", "discriminator", "generator"), acted);
  }

  // ---- State, watches, gradients
  // -----------------------------------------------------------------

  @Test
  void aCarriedStateFollowsTheValuesOfItsStep() {
    List<Double> seen = new ArrayList<>();
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              ScalarState state = graph.state("k", 0.25);
              Signal mean = graph.map("mean", NDArray::mean, graph.real(DatasetField.IMAGE));
              state.setRule((value, signals) -> value + signals.get(0).getFloat(), mean);
              graph.watch("mean", mean);
            });
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      double expected = 0.25;
      for (int i = 0; i < 3; i++) {
        Map<String, Double> values = session.step();
        seen.add(values.get("k"));
        assertEquals(expected, values.get("k"), 1e-6);
        expected += values.get("mean");
      }
    }
    assertFalse(seen.stream().distinct().count() == 1, "the state moves");
  }

  @Test
  void factorsOfARateMultiplyAndConcernOnePlayer(@TempDir Path folder, NDManager manager)
      throws IOException {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              graph.scaleLearningRate(
                  "discriminator", graph.schedule("warm-up", (step, steps) -> 0.5));
              ScalarState off = graph.state("off", 0.5);
              off.setRule((value, signals) -> 0);
              graph.scaleLearningRate("discriminator", off.signal());
              graph.scaleLearningRate("generator", graph.schedule("never", (step, steps) -> 0));
            });
    try (Session plain = Session.open(TrainingGraph.build(ToyGame.composition()));
        Session scaled = Session.open(TrainingGraph.build(composition))) {
      float[] generator = weights("generator", scaled, folder, manager);
      float[] start = weights("discriminator", scaled, folder, manager);
      plain.step();
      scaled.step();
      float[] whole = weights("discriminator", plain, folder, manager);
      float[] quarter = weights("discriminator", scaled, folder, manager);
      for (int i = 0; i < start.length; i++) {
        assertEquals((whole[i] - start[i]) / 4, quarter[i] - start[i], 1e-6);
      }
      scaled.step();
      assertArrayEquals(quarter, weights("discriminator", scaled, folder, manager));
      assertArrayEquals(generator, weights("generator", scaled, folder, manager));
    }
  }

  private static float[] weights(String role, Session session, Path folder, NDManager manager)
      throws IOException {
    session.save(folder);
    byte[] file = Files.readAllBytes(folder.resolve(role + ".safetensors"));
    return NDList.decode(manager, file).get(0).toFloatArray();
  }

  @Test
  void aPenaltyOnAGradientReachesTheWeights() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              Signal real = graph.real(DatasetField.IMAGE);
              Signal score = graph.network("discriminator").apply(real).get("score");
              Signal slope = graph.gradient(score, real);
              Signal penalty = graph.map("penalty", g -> g.square().sum(), slope);
              graph.minimise("discriminator", "penalty", 10, penalty);
            });
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      double first = session.step().get("discriminator/penalty");
      double last = 0;
      for (int i = 0; i < 20; i++) {
        last = session.step().get("discriminator/penalty");
      }
      assertTrue(first > 0);
      assertTrue(last < first / 4, "from " + first + " to " + last);
    }
  }

  @Test
  void aGradientCanBeWatchedWithoutBeingTrainedOn() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
              Signal score = graph.network("discriminator").apply(fake).get("score");
              Signal slope = graph.gradient(graph.map("mean", NDArray::mean, score), fake);
              graph.watch("slope", graph.map("size", g -> g.square().sum(), slope));
            });
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      assertTrue(session.step().get("slope") > 0);
      assertTrue(session.step().get("slope") > 0);
    }
  }

  @Test
  void aTermThatIsNotFiniteNamesTheFirstNodeBehindIt() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              Signal root =
                  graph.map("root", x -> x.sub(10).sqrt(), graph.real(DatasetField.IMAGE));
              graph.minimise("generator", "broken", 1, graph.map("mean", NDArray::mean, root));
            });
    try (Session session = Session.open(TrainingGraph.build(composition))) {
      NonFiniteException thrown = assertThrows(NonFiniteException.class, session::step);
      assertEquals("root", thrown.node());
      assertEquals("generator/broken", thrown.term());
      assertEquals("regularizer/extra", thrown.contributor().label());
    }
  }

  @Test
  void trainingInTwoThreadsAtOnceChangesNothing() throws Exception {
    TrainingGraph graph = TrainingGraph.build(ToyGame.composition());
    List<Map<String, Double>> results = Collections.synchronizedList(new ArrayList<>());
    Runnable train =
        () -> {
          try (Session session = Session.open(graph)) {
            Map<String, Double> values = Map.of();
            for (int i = 0; i < 50; i++) {
              values = session.step();
            }
            results.add(values);
          }
        };
    List<Thread> threads = List.of(new Thread(train), new Thread(train));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    train.run();
    assertEquals(3, results.size());
    assertEquals(results.get(2), results.get(0));
    assertEquals(results.get(2), results.get(1));
  }

  // ---- Memory
  // ------------------------------------------------------------------------------------

  @Test
  void twoThousandStepsGrowTheProcessByLessThanTwentyMegabytes() throws IOException {
    try (Session session = Session.open(TrainingGraph.build(ToyGame.composition()))) {
      for (int i = 0; i < 3000; i++) {
        session.step();
      }
      System.gc();
      long before = resident();
      for (int i = 0; i < 2000; i++) {
        session.step();
      }
      System.gc();
      long grown = resident() - before;
      assertTrue(grown < 20L << 20, "grew by " + (grown >> 20) + " MB");
    }
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
