package org.gantry.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.IndexedDataset;
import org.gantry.data.ValueType;
import org.gantry.graph.Graph;
import org.gantry.graph.Signal;
import org.gantry.metric.MetricSubject;
import org.gantry.sampler.ModelInput;
import org.gantry.sampler.ModelUse;
import org.gantry.sampler.TrainedModel;
import org.gantry.testkit.TensorTest;
import org.junit.jupiter.api.Test;

@TensorTest
final class ModelUseTest {

  /** Twenty points of two classes, each with a partner that is ten times as far away. */
  private static final class LabelledPoints implements IndexedDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          new DatasetField(DatasetField.IMAGE, new Shape(2), -1, 1, List.of()),
          DatasetField.label(List.of("even", "odd")),
          new DatasetField("far", ValueType.IMAGE, new Shape(2), -20, 20, List.of()));
    }

    @Override
    public int size() {
      return 20;
    }

    @Override
    public void read(int index, DatasetField field, FloatBuffer into) {
      switch (field.name()) {
        case DatasetField.LABEL -> into.put(index % 2);
        case "far" -> into.put(index).put(-index);
        default -> into.put(index / 20f).put(-index / 20f);
      }
    }
  }

  /** Adds the label and noise to what the generator makes. */
  private static void labelled(Graph graph) {
    ToyGame.plain(graph);
    Signal fake = graph.pairs().get(0).fakes().get(0).example().signals().get(0);
    Signal shifted =
        graph.map(
            "shifted",
            (made, label) -> made.mul(0).add(label.reshape(-1, 1)),
            fake,
            graph.real(DatasetField.LABEL));
    Signal noisy = graph.map("noisy", NDArray::add, shifted, graph.normal("n", fake.shape()));
    graph.use("label", shifted, graph.real("far"));
    graph.use("noise", noisy);
  }

  private static TrainingGraph graph() {
    Composition game =
        ToyGame.composition()
            .withDataset(ToyGame.bound("dataset", "points", (Dataset) new LabelledPoints()))
            .withTopology(ToyGame.bound("topology", "labelled", ModelUseTest::labelled));
    return TrainingGraph.build(game);
  }

  private static Session open() {
    return Session.open(graph());
  }

  @Test
  void aTopologyThatStatesNoUseHasThatOfItsGenerator(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(ToyGame.composition()))) {
      TrainedModel model = session.trainedModel(manager, 1);
      assertEquals(List.of("generator"), model.uses().stream().map(ModelUse::name).toList());
      ModelUse use = model.uses().get(0);
      NDArray codes = model.drawCodes(use.codes().get(0), 20);
      assertArrayEquals(
          model.apply("generator", codes).head().toFloatArray(),
          model.make(use, Map.of("latent", codes)).toFloatArray(),
          1e-6f);
    }
  }

  @Test
  void aUseStatesItsInputsItsOutputAndItsCounterpart(NDManager manager) {
    try (Session session = open()) {
      ModelUse use = session.trainedModel(manager, 1).uses().get(0);
      assertEquals(
          List.of("latent", "label"), use.inputs().stream().map(ModelInput::name).toList());
      assertEquals(List.of("even", "odd"), use.conditions().get(0).field().classNames());
      assertEquals(Optional.of("far"), use.counterpart().map(ModelInput::name));
      assertEquals(20, use.output().high());
    }
  }

  @Test
  void metricsSeeTheCounterpartAsTheImageOfTheData() {
    MetricSubject subject = graph().metricSubjects().get(0);
    assertEquals(20, subject.image().high());
    FloatBuffer into = FloatBuffer.allocate(2);
    ((IndexedDataset) subject.dataset()).read(7, subject.image(), into);
    assertArrayEquals(new float[] {7, -7}, into.array());
  }

  @Test
  void metricsSeeTheDataThatTheDiscriminatorComparesSamplesWith() {
    MetricSubject subject = TrainingGraph.build(ToyGame.composition()).metricSubjects().get(0);
    assertEquals(ToyGame.Ring.class, subject.dataset().getClass());
  }

  @Test
  void givenInputsReplaceThoseOfTheData(NDManager manager) {
    try (Session session = open()) {
      TrainedModel model = session.trainedModel(manager, 1);
      ModelUse use = model.uses().get(0);
      NDArray made =
          model.make(
              use,
              Map.of(
                  "latent", model.drawCodes(use.codes().get(0), 3),
                  "label", manager.create(new float[] {7, 8, 9})));
      assertArrayEquals(new float[] {7, 7, 8, 8, 9, 9}, made.toFloatArray(), 1e-6f);
    }
  }

  @Test
  void aMissingInputIsNamed(NDManager manager) {
    try (Session session = open()) {
      TrainedModel model = session.trainedModel(manager, 1);
      ModelUse use = model.uses().get(0);
      Map<String, NDArray> codes = Map.of("latent", model.drawCodes(use.codes().get(0), 3));
      assertEquals(
          "the use label needs the input label",
          assertThrows(UnusableComponentException.class, () -> model.make(use, codes))
              .getMessage());
    }
  }

  @Test
  void fieldsOfOneRowBelongToOneSample(NDManager manager) {
    try (Session session = open()) {
      TrainedModel model = session.trainedModel(manager, 1);
      Map<String, NDArray> fields = model.drawFields(model.uses().get(0), 30);
      float[] labels = fields.get("label").toFloatArray();
      float[] far = fields.get("far").toFloatArray();
      for (int i = 0; i < 30; i++) {
        assertEquals(labels[i], far[2 * i] % 2);
      }
      float[] fewer = model.drawFields(model.uses().get(0), 5).get("far").toFloatArray();
      assertArrayEquals(Arrays.copyOf(far, 10), fewer);
    }
  }

  @Test
  void noiseInTheGraphFollowsTheSeedOfTheSampling(NDManager manager) {
    try (Session session = open()) {
      float[] first = noisy(session.trainedModel(manager, 1));
      assertArrayEquals(first, noisy(session.trainedModel(manager, 1)));
      assertFalse(Arrays.equals(first, noisy(session.trainedModel(manager, 2))));
    }
  }

  private static float[] noisy(TrainedModel model) {
    ModelUse use = model.uses().get(1);
    return model
        .make(
            use,
            Map.of(
                "latent", model.drawCodes(use.codes().get(0), 11),
                "label", model.manager().zeros(new Shape(11))))
        .toFloatArray();
  }

  @Test
  void samplingDoesNotMoveTheTraining(NDManager manager) {
    try (Session sampled = open();
        Session plain = open()) {
      noisy(sampled.trainedModel(manager, 1));
      assertEquals(plain.step(), sampled.step());
    }
  }

  @Test
  void gradientsPassThroughTheNetworks(NDManager manager) {
    try (Session session = Session.open(TrainingGraph.build(ToyGame.composition()))) {
      TrainedModel model = session.trainedModel(manager, 1);
      ModelUse use = model.uses().get(0);
      NDArray codes = model.drawCodes(use.codes().get(0), 2);
      NDArray gradient =
          model.gradient(
              c -> model.apply("discriminator", model.make(use, Map.of("latent", c))).head(),
              codes);
      float step = 1e-2f;
      NDArray direction = manager.zeros(codes.getShape());
      direction.set(new float[] {1, 0, 0, 0, 0, 0});
      double up = score(model, codes.add(direction.mul(step)));
      double down = score(model, codes.sub(direction.mul(step)));
      assertEquals((up - down) / (2 * step), gradient.getFloat(0, 0), 1e-3);
      assertTrue(gradient.getShape().equals(codes.getShape()));
    }
  }

  private static double score(TrainedModel model, NDArray codes) {
    return model
        .apply("discriminator", model.apply("generator", codes).head())
        .head()
        .sum()
        .getFloat();
  }
}
