package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gantry.component.ComponentKind;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.loss.ScoreLoss;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.testkit.TensorTest;
import org.gantry.watchdog.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class RecompositionTest {

  private static final Composition PLAIN = ToyGame.composition();

  /** A game with noise, a state and averaged weights, which recomposition must keep. */
  private static final Composition STATEFUL =
      ToyGame.withRegularizer(PLAIN, RecompositionTest::addStateAndAverage);

  private static void addStateAndAverage(Graph graph) {
    addState(graph);
    graph
        .network("generator")
        .averageWeights(
            "average",
            (average, weights, count) -> {
              for (int i = 0; i < average.size(); i++) {
                try (NDArray step = weights.get(i).sub(average.get(i)).mul(0.1f)) {
                  average.get(i).addi(step);
                }
              }
            });
  }

  private static void addState(Graph graph) {
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    ScalarState drift = graph.state("drift", 0.5);
    Signal wobble =
        graph.combine(
            "wobble",
            v -> v.get(0).mul(v.get(1)).mul(v.get(2)).mean(),
            fake,
            graph.normal("noise", fake.shape()),
            drift.signal());
    drift.setRule((value, now) -> 0.9 * value + 0.1 * now.get(0).getFloat(), wobble);
    graph.minimise("generator", "wobble", 0.1, wobble);
  }

  @Test
  void recomposingToTheSameGraphKeepsAllBits(@TempDir Path folder) throws IOException {
    try (Session never = steps(Session.open(TrainingGraph.build(STATEFUL)), 12);
        Session before = steps(Session.open(TrainingGraph.build(STATEFUL)), 5);
        Session after = steps(before.recompose(TrainingGraph.build(STATEFUL)), 7)) {
      assertEquals(12, after.completedSteps());
      assertSaved(never, after, folder, Set.of());
    }
  }

  @Test
  void anAddedRegularizerDoesNotChangeTheRestOfTheState(@TempDir Path folder) throws IOException {
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 5);
        Session after = before.recompose(TrainingGraph.build(STATEFUL))) {
      assertSaved(before, after, folder, Set.of("generator.average", "session"));
      // Averaged weights start at the weights.
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a/generator.safetensors")),
          Files.readAllBytes(folder.resolve("b/generator.average.safetensors")));
      assertEquals(0.5, after.step().get("drift"), 1e-6);
    }
  }

  @Test
  void batchesContinueAfterARecomposition() {
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 5);
        Session watched =
            before.recompose(
                TrainingGraph.build(ToyGame.withRegularizer(PLAIN, this::watchOnly)))) {
      Map<String, Double> same = before.step();
      Map<String, Double> also = watched.step();
      same.forEach((name, value) -> assertEquals(value, also.get(name), name));
      assertTrue(also.containsKey("mean"));
    }
  }

  private void watchOnly(Graph graph) {
    graph.watch("mean", graph.map("mean", NDArray::mean, graph.real("image")));
  }

  @Test
  void aRecomposedTrainingIsRestoredToTheSameBits(@TempDir Path folder) throws IOException {
    Path kept = Files.createDirectories(folder.resolve("kept"));
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 4);
        Session never = steps(before.recompose(TrainingGraph.build(STATEFUL)), 3)) {
      never.save(kept);
      steps(never, 5);
      try (Session restored = Session.open(TrainingGraph.build(STATEFUL))) {
        restored.restore(kept);
        steps(restored, 5);
        assertSaved(never, restored, folder, Set.of());
      }
    }
  }

  @Test
  void anAddedRegularizerCanBeRemoved(@TempDir Path folder) throws IOException {
    try (Session before = steps(Session.open(TrainingGraph.build(STATEFUL)), 5);
        Session after = before.recompose(TrainingGraph.build(PLAIN))) {
      assertSaved(after, before, folder, Set.of("session"));
      assertFalse(after.step().containsKey("drift"));
    }
  }

  @Test
  void aWrappedNetworkKeepsItsWeights(@TempDir Path folder) throws IOException {
    UnaryOperator<Block> wrap =
        block -> new SequentialBlock().add(new LambdaBlock(in -> in)).add(block);
    Composition wrapped =
        ToyGame.withRegularizer(PLAIN, graph -> graph.network("generator").wrap(wrap));
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 5);
        Session around = before.recompose(TrainingGraph.build(wrapped));
        Session after = around.recompose(TrainingGraph.build(PLAIN))) {
      assertEquals(before.step(), around.step());
      assertSaved(steps(after, 1), before, folder, Set.of());
    }
  }

  @Test
  void fullyTransferredStateIsNotReported() {
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 2);
        Session after = before.recompose(TrainingGraph.build(STATEFUL))) {
      assertEquals(List.of(), before.notTransferred());
      assertEquals(List.of(), after.notTransferred());
    }
  }

  @Test
  void aNetworkOfOtherShapesIsReportedAsNotTransferred() {
    Composition wider =
        ToyGame.withNetworks(
            PLAIN,
            Map.of(
                ComponentKind.GENERATOR,
                PLAIN.networks().get(ComponentKind.GENERATOR),
                ComponentKind.DISCRIMINATOR,
                ToyGame.network(
                    ComponentKind.DISCRIMINATOR,
                    List.of("image"),
                    List.of("score"),
                    site -> new SequentialBlock().add(Linear.builder().setUnits(1).build()))));
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 2);
        Session after = before.recompose(TrainingGraph.build(wider))) {
      assertEquals(
          List.of("the discriminator starts from its initial weights because its shapes differ"),
          after.notTransferred());
    }
  }

  @Test
  void theStateOfAnotherOptimizerIsReportedAsNotTransferred() {
    Composition other =
        ToyGame.withOptimizer(
            PLAIN,
            new Optimizer() {
              @Override
              public List<String> slots() {
                return List.of("moment");
              }

              @Override
              public void update(ParameterUpdate update) {}
            });
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 2);
        Session after = before.recompose(TrainingGraph.build(other))) {
      assertEquals(
          List.of(
              "the optimizer of the discriminator starts from zero",
              "the optimizer of the generator starts from zero"),
          after.notTransferred().stream().sorted().toList());
    }
  }

  @Test
  void anotherSeedChangesDrawsButNotWeights(@TempDir Path folder) throws IOException {
    Composition reseeded = PLAIN.withSeed(8);
    try (Session before = steps(Session.open(TrainingGraph.build(PLAIN)), 5);
        Session after = before.recompose(TrainingGraph.build(reseeded))) {
      assertSaved(before, after, folder, Set.of());
      assertFalse(before.step().equals(after.step()));
    }
  }

  @Test
  void theGradientNormCoversAllParametersOfAPlayer() {
    try (Session session =
            Session.open(TrainingGraph.build(ToyGame.withLoss(PLAIN, new ScaledLoss(1))));
        Session steeper =
            Session.open(TrainingGraph.build(ToyGame.withLoss(PLAIN, new ScaledLoss(1000))))) {
      assertEquals(Map.of(), session.gradientNorms());
      session.step();
      steeper.step();
      assertEquals(Set.of("discriminator", "generator"), session.gradientNorms().keySet());
      double norm = session.gradientNorms().get("discriminator");
      assertTrue(norm > 0);
      assertEquals(1000 * norm, steeper.gradientNorms().get("discriminator"), norm);
    }
  }

  @Test
  void checksOfGradientsDoNotChangeTheTraining() {
    List<Map<String, Double>> terms = new ArrayList<>();
    for (GradientCheck check : GradientCheck.values()) {
      try (Session session =
          Session.open(TrainingGraph.build(ToyGame.withLoss(PLAIN, new ScaledLoss(1))))) {
        session.step();
        session.step(check);
        assertEquals(
            check == GradientCheck.NORM ? 2 : 0, session.gradientNorms().size(), check.toString());
        terms.add(session.step());
      }
    }
    assertEquals(terms.get(0), terms.get(1));
    assertEquals(terms.get(0), terms.get(2));
  }

  /** A loss with gradients of any size. */
  private record ScaledLoss(float slope) implements ScoreLoss {
    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
      return fake.mul(slope).mean().sub(real.mul(slope).mean());
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
      return fake.mul(-slope).mean();
    }
  }

  @Test
  void aGradientThatIsNotFiniteStopsTheStepBeforeTheUpdate() {
    Composition rooted =
        ToyGame.withLoss(
            PLAIN,
            new ScoreLoss() {
              @Override
              public NDArray discriminatorLoss(NDArray real, NDArray fake) {
                // The derivative of the root at zero is infinite, and infinity times zero is NaN.
                return real.mul(0).sqrt().mean().add(fake.mul(0).sqrt().mean());
              }

              @Override
              public NDArray generatorLoss(NDArray fake) {
                return fake.mean();
              }
            });
    try (Session session = Session.open(TrainingGraph.build(rooted))) {
      NonFiniteException refused = assertThrows(NonFiniteException.class, session::step);
      assertEquals("discriminator/gradient", refused.term());
      assertTrue(refused.node().startsWith("the gradient of discriminator/"), refused.node());
      assertEquals("discriminator/mlp", refused.contributor().label());
    }
  }

  @Test
  void drawingSamplesForWatchdogsDoesNotChangeTheTraining(@TempDir Path folder, NDManager manager)
      throws IOException {
    try (Session sampled = Session.open(TrainingGraph.build(STATEFUL));
        Session other = Session.open(TrainingGraph.build(STATEFUL))) {
      for (int i = 0; i < 4; i++) {
        List<SampleBatch> samples = sampled.samples(manager);
        assertEquals(List.of("generator"), samples.stream().map(SampleBatch::role).toList());
        assertEquals(new Shape(ToyGame.BATCH, 2), samples.get(0).generated().getShape());
        assertEquals(new Shape(ToyGame.BATCH, 2), samples.get(0).real().getShape());
        assertEquals(i, samples.get(0).step());
        assertEquals(other.step(), sampled.step());
      }
      assertSaved(sampled, other, folder, Set.of());
    }
  }

  @Test
  void discriminatorTermsAreTheTermsOfTheLoss() {
    assertEquals(
        Set.of("discriminator/adversarial"), TrainingGraph.build(STATEFUL).discriminatorTerms());
    assertEquals(Set.of("drift"), TrainingGraph.build(STATEFUL).watchedNames());
  }

  private static Session steps(Session session, int count) {
    for (int i = 0; i < count; i++) {
      session.step();
    }
    return session;
  }

  /** Asserts that two sessions save the same bytes, except for some files. */
  private static void assertSaved(Session expected, Session actual, Path folder, Set<String> but)
      throws IOException {
    Path a = Files.createDirectories(folder.resolve("a"));
    Path b = Files.createDirectories(folder.resolve("b"));
    expected.save(a);
    actual.save(b);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(a)) {
      found.forEach(files::add);
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".safetensors", "");
      if (!but.contains(name)) {
        assertArrayEquals(
            Files.readAllBytes(file), Files.readAllBytes(b.resolve(file.getFileName())), name);
      }
    }
  }
}
