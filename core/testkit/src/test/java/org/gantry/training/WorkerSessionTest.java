package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.graph.ScalarState;
import org.gantry.graph.Signal;
import org.gantry.optimizer.Optimizer;
import org.gantry.optimizer.ParameterUpdate;
import org.gantry.regularizer.Regularizer;
import org.gantry.tensor.ComputeDevice;
import org.gantry.tensor.SafetensorsFile;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What several workers train together, compared with what one worker trains. */
@TensorTest
final class WorkerSessionTest {

  private static final int STEPS = 6;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(WorkerStrategy.class)
  void oneWorkerTrainsToTheBitsOfAPlainTraining(WorkerStrategy strategy, NDManager manager) {
    Composition composition = ToyGame.withRegularizer(ToyGame.composition(), noise());
    Map<String, float[]> plain = train(composition, WorkerPlan.SINGLE, "plain", manager);
    List<Map<String, float[]>> workers =
        LocalWorkers.run(
            1, group -> train(composition, new WorkerPlan(group, strategy, 2), "one", manager));
    assertWeights(plain, workers.get(0), 0);
  }

  @Test
  void twoWorkersThatAverageGradientsTrainAsOneWithTheJoinedBatch(NDManager manager) {
    Composition composition = ToyGame.composition();
    List<Map<String, float[]>> workers = trainAll(2, composition, WorkerStrategy.ALL_REDUCE, 1);
    Composition joined = composition.withBatch(2 * ToyGame.BATCH);
    assertWeights(train(joined, WorkerPlan.SINGLE, "joined", manager), workers.get(0), 1e-5);
    assertWeights(workers.get(0), workers.get(1), 0);
  }

  @Test
  void workersOfAFiniteDataSetReadDifferentSamplesOfOneOrder(NDManager manager) {
    Composition composition =
        ToyGame.composition().withDataset(ToyGame.bound("dataset", "line", new Line()));
    List<Map<String, float[]>> workers = trainAll(3, composition, WorkerStrategy.ALL_REDUCE, 1);
    Composition joined = composition.withBatch(3 * ToyGame.BATCH);
    assertWeights(train(joined, WorkerPlan.SINGLE, "joined", manager), workers.get(2), 1e-5);
  }

  @Test
  void averagingEveryStepUnderGradientDescentEqualsAveragingGradients() {
    Composition composition = ToyGame.withOptimizer(ToyGame.composition(), new Descent());
    List<Map<String, float[]>> gradients = trainAll(3, composition, WorkerStrategy.ALL_REDUCE, 1);
    List<Map<String, float[]>> weights = trainAll(3, composition, WorkerStrategy.AVERAGING, 1);
    assertWeights(gradients.get(0), weights.get(0), 1e-5);
  }

  @Test
  void workersDriftApartBetweenAveragesAndEndWithTheSameWeights() {
    Composition composition = ToyGame.composition().withSteps(STEPS);
    List<Map<String, float[]>> aligned = trainAll(2, composition, WorkerStrategy.AVERAGING, 4);
    assertWeights(aligned.get(0), aligned.get(1), 0);
    Composition longer = ToyGame.composition();
    List<Map<String, float[]>> apart = trainAll(2, longer, WorkerStrategy.AVERAGING, 4);
    assertFalse(
        Arrays.equals(first(apart.get(0)), first(apart.get(1))),
        "step %d is not a step of an average".formatted(STEPS));
  }

  @Test
  void discriminatorsMoveToTheNextWorkerAndGeneratorsStayEqual() {
    Composition composition = ToyGame.composition();
    List<Map<String, float[]>> kept =
        trainAll(3, composition, WorkerStrategy.MULTI_DISCRIMINATOR, STEPS + 1);
    List<Map<String, float[]>> swapped =
        trainAll(3, composition, WorkerStrategy.MULTI_DISCRIMINATOR, STEPS);
    String bias = lastOf(kept.get(0), "discriminator/");
    for (int rank = 0; rank < 3; rank++) {
      int previous = (rank + 2) % 3;
      assertArrayEquals(kept.get(previous).get(bias), swapped.get(rank).get(bias));
      assertFalse(Arrays.equals(kept.get(previous).get(bias), kept.get(rank).get(bias)));
    }
    String layer = lastOf(kept.get(0), "generator/");
    assertArrayEquals(kept.get(0).get(layer), kept.get(1).get(layer));
  }

  private static String lastOf(Map<String, float[]> arrays, String role) {
    return arrays.keySet().stream()
        .filter(name -> name.startsWith(role))
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  @Test
  void noiseDiffersAtEachWorkerAndIsThatOfAPlainTrainingAtTheFirst() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph ->
                graph.watch(
                    "noise",
                    graph.map("mean", NDArray::mean, graph.normal("noise", new Shape(4)))));
    List<Double> drawn =
        LocalWorkers.run(
            2,
            group -> {
              WorkerPlan rare = new WorkerPlan(group, WorkerStrategy.AVERAGING, 10);
              try (Session session = session(composition, rare)) {
                return session.step().get("noise");
              }
            });
    try (Session plain = Session.open(TrainingGraph.build(composition))) {
      assertEquals(plain.step().get("noise"), drawn.get(0));
    }
    assertNotEquals(drawn.get(0), drawn.get(1));
  }

  @Test
  void carriedScalarsAndReportedTermsAreMeansOverTheWorkers() {
    Composition composition =
        ToyGame.withRegularizer(
            ToyGame.composition(),
            graph -> {
              ScalarState state = graph.state("k", 0);
              Signal mean = graph.map("mean", NDArray::mean, graph.real(DatasetField.IMAGE));
              state.setRule((value, signals) -> signals.get(0).getFloat(), mean);
              graph.watch("seen", mean);
            });
    List<Map<String, Double>> reported =
        LocalWorkers.run(
            2,
            group -> {
              try (Session session = session(composition, allReduce(group))) {
                return session.step();
              }
            });
    assertEquals(reported.get(0), reported.get(1));
    try (Session joined =
        Session.open(TrainingGraph.build(composition.withBatch(2 * ToyGame.BATCH)))) {
      Map<String, Double> expected = joined.step();
      reported.get(0).forEach((key, value) -> assertEquals(expected.get(key), value, 1e-5, key));
    }
  }

  @Test
  void theReportedGradientNormIsThatOfTheMean() {
    Composition composition = ToyGame.composition();
    List<Map<String, Double>> norms =
        LocalWorkers.run(
            2,
            group -> {
              try (Session session = session(composition, allReduce(group))) {
                session.step();
                return Map.copyOf(session.gradientNorms());
              }
            });
    try (Session joined =
        Session.open(TrainingGraph.build(composition.withBatch(2 * ToyGame.BATCH)))) {
      joined.step();
      joined
          .gradientNorms()
          .forEach((player, norm) -> assertEquals(norm, norms.get(1).get(player), 1e-5));
    }
  }

  /** Two workers minimise x^2 / 2 and 3 (x - 1)^2 / 2, whose sum is least at 0.75. */
  @Test
  void rareAveragesOfWorkersWithDifferentDataMoveTheOptimum() {
    assertEquals(0.750000, localDescent(1), 1e-6);
    assertEquals(0.670133, localDescent(5), 1e-6);
    assertEquals(0.532163, localDescent(20), 1e-6);
  }

  @Test
  void theMeanOfGradientsIsTheStepOfTheJoinedWorkers() {
    float[][] gradients = {{0.2f, 0.4f}, {-0.6f, 0.8f}, {0.1f, 0}};
    List<float[]> weights =
        LocalWorkers.run(
            3,
            group -> {
              FloatBuffer mean = FloatBuffer.wrap(gradients[group.rank()].clone());
              group.average(mean);
              return new float[] {1 - 0.1f * mean.get(0), -2 - 0.1f * mean.get(1)};
            });
    weights.forEach(w -> assertArrayEquals(new float[] {1.01f, -2.04f}, w, 1e-6f));
  }

  private static double localDescent(int averageEvery) {
    return LocalWorkers.run(
            2,
            group -> {
              float[] x = {2};
              for (int step = 1; step <= 200; step++) {
                x[0] -= 0.1f * (group.rank() == 0 ? x[0] : 3 * (x[0] - 1));
                if (step % averageEvery == 0) {
                  group.average(FloatBuffer.wrap(x));
                }
              }
              return x[0];
            })
        .get(0);
  }

  private List<Map<String, float[]>> trainAll(
      int size, Composition composition, WorkerStrategy strategy, int averageEvery) {
    return LocalWorkers.run(
        size,
        group -> {
          try (NDManager manager = ComputeDevice.CPU.newManager()) {
            WorkerPlan plan = new WorkerPlan(group, strategy, averageEvery);
            String name = "%s-%d-%d-%d".formatted(strategy, size, averageEvery, group.rank());
            return train(composition, plan, name + composition.steps(), manager);
          }
        });
  }

  /** Trains some steps and returns all saved arrays by name. */
  private Map<String, float[]> train(
      Composition composition, WorkerPlan plan, String name, NDManager manager) {
    try (Session session = session(composition, plan)) {
      for (int i = 0; i < STEPS; i++) {
        session.step();
      }
      Path saved = Files.createDirectory(folder.resolve(name));
      session.save(saved);
      Map<String, float[]> arrays = new TreeMap<>();
      for (String role : List.of("generator", "discriminator")) {
        new SafetensorsFile(saved.resolve(role + ".safetensors"))
            .read(manager)
            .forEach((key, array) -> arrays.put(role + "/" + key, array.toFloatArray()));
      }
      return arrays;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Session session(Composition composition, WorkerPlan plan) {
    return Session.open(TrainingGraph.build(composition), ComputeDevice.CPU, plan);
  }

  private static WorkerPlan allReduce(WorkerGroup group) {
    return new WorkerPlan(group, WorkerStrategy.ALL_REDUCE, 1);
  }

  private static float[] first(Map<String, float[]> arrays) {
    return arrays.values().iterator().next();
  }

  private static void assertWeights(
      Map<String, float[]> expected, Map<String, float[]> actual, double tolerance) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, values) -> assertArrayEquals(values, actual.get(name), (float) tolerance, name));
  }

  private static Regularizer noise() {
    return graph ->
        graph
            .network("discriminator")
            .transformInput(
                "image",
                x -> graph.map("noised", NDArray::add, x, graph.normal("instance", x.shape())));
  }

  /** Plain gradient descent. */
  private static final class Descent implements Optimizer {

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(ParameterUpdate update) {
      for (int i = 0; i < update.parameters().size(); i++) {
        update.parameters().get(i).subi(update.gradients().get(i).mul(0.1f));
      }
    }
  }

  /** A hundred points on a line. */
  private static final class Line implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return new ArrayList<>(ToyGame.ring().fields());
    }

    @Override
    public int size() {
      return 100;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      into.put(index / 100f).put(1 - index / 100f);
    }
  }
}
