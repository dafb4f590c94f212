package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

/** Mixtures of conditions, on a game whose result is ten times the label. */
@TensorTest
final class ConditionMixtureTest {

  private static final int COUNT = 11;

  private record LabelledPoints() implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          new DatasetField(DatasetField.IMAGE, new Shape(2), -1, 1, List.of()),
          DatasetField.label(List.of("none", "one", "two", "three")));
    }

    @Override
    public int size() {
      return 20;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      if (field.name().equals(DatasetField.LABEL)) {
        into.put(index % 4);
      } else {
        into.put(index / 20f).put(-index / 20f);
      }
    }
  }

  /** States a use whose condition is encoded, and one whose condition is not. */
  private static void wire(Graph graph) {
    ToyGame.plain(graph);
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    Signal label = graph.real(DatasetField.LABEL);
    Signal encoded = graph.map("encoded", l -> l.mul(10).reshape(-1, 1), label);
    graph.use(
        "encoded", graph.map("of encoding", (made, code) -> made.mul(0).add(code), fake, encoded));
    graph.use(
        "raw",
        graph.map("of label", (made, code) -> made.mul(0).add(code.reshape(-1, 1)), fake, label));
  }

  private static Session open() {
    Composition game =
        ToyGame.composition()
            .withDataset(ToyGame.bound("dataset", "points", (Dataset) new LabelledPoints()))
            .withTopology(ToyGame.bound("topology", "labelled", ConditionMixtureTest::wire));
    return Session.open(TrainingGraph.build(game));
  }

  private static NDArray mixed(
      TrainedModel model, ModelUse use, float first, float second, float[] share) {
    NDManager manager = model.manager();
    float[] rest = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      rest[i] = 1 - share[i];
    }
    return model.makeMixed(
        use,
        Map.of("latent", model.drawCodes(use.codes().get(0), COUNT)),
        List.of(
            Map.of(DatasetField.LABEL, manager.zeros(new Shape(COUNT)).add(first)),
            Map.of(DatasetField.LABEL, manager.zeros(new Shape(COUNT)).add(second))),
        List.of(rest, share));
  }

  @Test
  void theEncodingsOfConditionsAreMixedByTheSharesOfEachSample(NDManager manager) {
    try (Session session = open()) {
      TrainedModel model = session.trainedModel(manager, 1);
      float[] share = new float[COUNT];
      float[] right = new float[2 * COUNT];
      for (int i = 0; i < COUNT; i++) {
        share[i] = i / 10f;
        right[2 * i] = 10 + 20 * share[i];
        right[2 * i + 1] = right[2 * i];
      }
      NDArray made = mixed(model, model.uses().get(0), 1, 3, share);
      assertArrayEquals(right, made.toFloatArray(), 1e-5f);
    }
  }

  @Test
  void theNumbersOfClassesCannotBeMixed(NDManager manager) {
    try (Session session = open()) {
      TrainedModel model = session.trainedModel(manager, 1);
      ModelUse raw = model.uses().get(1);
      assertEquals(
          "the networks of the use raw take label itself, not an encoding that can be mixed",
          assertThrows(
                  UnusableComponentException.class, () -> mixed(model, raw, 1, 3, new float[COUNT]))
              .getMessage());
    }
  }

  @Test
  void aMissingConditionIsNamed(NDManager manager) {
    try (Session session = open()) {
      TrainedModel model = session.trainedModel(manager, 1);
      ModelUse use = model.uses().get(0);
      Map<String, NDArray> codes = Map.of("latent", model.drawCodes(use.codes().get(0), 1));
      List<float[]> shares = List.of(new float[] {1});
      assertEquals(
          "the use encoded needs the input label",
          assertThrows(
                  UnusableComponentException.class,
                  () -> model.makeMixed(use, codes, List.of(Map.of()), shares))
              .getMessage());
    }
  }
}
