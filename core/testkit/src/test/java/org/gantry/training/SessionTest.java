package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.gantry.component.ComponentKind;
import org.gantry.data.DatasetField;
import org.gantry.graph.Graph;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TensorTest
final class SessionTest {

  @Test
  void aRestoredTrainingHasTheSameBitsAsOneThatNeverStopped(@TempDir Path folder, NDManager manager)
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
      assertEquals(3, session.completedSteps());
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

  @Test
  void aStateIsUpdatedFromTheValuesOfItsStep() {
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
    assertFalse(seen.stream().distinct().count() == 1, "the state changes");
  }

  @Test
  void factorsOfALearningRateMultiplyAndAffectOnlyTheirPlayer(
      @TempDir Path folder, NDManager manager) throws IOException {
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
  void aPenaltyOnAGradientUpdatesTheWeights() {
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
  void aGradientCanBeWatchedThatNoTermUses() {
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
  void theErrorOfATermThatIsNotFiniteNamesTheFirstNodeThatIsNotFinite() {
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
  void trainingInTwoThreadsGivesTheSameValues() throws Exception {
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

  @Test
  void twoThousandStepsAddLessThanTwentyMegabytesOfMemory() throws IOException {
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
