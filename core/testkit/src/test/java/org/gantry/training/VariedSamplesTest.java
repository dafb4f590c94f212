package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class VariedSamplesTest {

  /** Ten numbers twice. A training reads them with a random fraction, alike in both fields. */
  private static final class Varied implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          new DatasetField("number", new Shape(1), 0, 10, List.of()),
          new DatasetField("same", new Shape(1), 0, 10, List.of()));
    }

    @Override
    public int size() {
      return 10;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      into.put(index);
    }

    @Override
    public void read(int index, DatasetField field, RandomGenerator random, FloatBuffer into) {
      into.put(index + random.nextFloat());
    }
  }

  private static TrainingGraph graph() {
    Map<String, BoundComponent<Dataset>> data = new LinkedHashMap<>();
    data.put("points", ToyGame.bound("dataset", "ring", ToyGame.ring()));
    data.put("numbers", ToyGame.bound("dataset", "varied", new Varied()));
    return TrainingGraph.build(
        ToyGame.composition()
            .withDatasets(data)
            .withTopology(ToyGame.bound("topology", "watching", VariedSamplesTest::watch)));
  }

  private static void watch(Graph graph) {
    ToyGame.plain(graph);
    Signal number = graph.real("number", "numbers");
    Signal wrong = graph.mismatched("number", "numbers");
    graph.watch("sum", graph.map("sum", v -> v.sum(), number));
    graph.watch(
        "unlike",
        graph.map("unlike", (a, b) -> a.sub(b).abs().sum(), number, graph.real("same", "numbers")));
    graph.watch(
        "others",
        graph.map("others", (a, b) -> a.floor().sub(b.floor()).abs().sign().sum(), number, wrong));
  }

  private static List<Double> watched(Session session, int steps, String name) {
    List<Double> values = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      values.add(session.step().get(name));
    }
    return values;
  }

  @Test
  void everyReadingVariesASampleAndAllItsFieldsAlike() {
    try (Session session = Session.open(graph())) {
      assertEquals(20, new TreeSet<>(watched(session, 20, "sum")).size());
    }
    try (Session session = Session.open(graph())) {
      assertEquals(0, watched(session, 20, "unlike").stream().mapToDouble(v -> v).sum());
    }
  }

  @Test
  void variationsDependOnSeedAndStepAlone() {
    try (Session one = Session.open(graph());
        Session other = Session.open(graph())) {
      List<Double> sums = watched(one, 4, "sum");
      assertEquals(sums, watched(other, 4, "sum"));
      assertTrue(sums.stream().allMatch(sum -> sum != Math.rint(sum)));
    }
  }

  @Test
  void anotherVariationOfASampleIsNotAMismatchedOne() {
    try (Session session = Session.open(graph())) {
      for (double others : watched(session, 20, "others")) {
        assertEquals(ToyGame.BATCH, others);
      }
    }
  }
}
