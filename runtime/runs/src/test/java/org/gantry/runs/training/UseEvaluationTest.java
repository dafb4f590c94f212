package org.gantry.runs.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.gantry.component.ComponentKind;
import org.gantry.data.Dataset;
import org.gantry.data.DatasetField;
import org.gantry.data.SampledDataset;
import org.gantry.data.ValueType;
import org.gantry.graph.Example;
import org.gantry.graph.FakeExample;
import org.gantry.graph.Graph;
import org.gantry.graph.Network;
import org.gantry.graph.Signal;
import org.gantry.metric.EvaluationContext;
import org.gantry.metric.Metric;
import org.gantry.metric.MetricSubject;
import org.gantry.recipes.ComposedRecipe;
import org.gantry.runs.RunException;
import org.gantry.runs.RunFolder;
import org.gantry.testkit.MeanDifferenceLoss;
import org.gantry.testkit.TensorTest;
import org.gantry.testkit.TinyGame;
import org.gantry.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of networks with several uses. */
@TensorTest
final class UseEvaluationTest {

  @TempDir Path directory;

  /** Points, with the same points at twice the distance. */
  private record TwinPoints() implements SampledDataset {

    @Override
    public List<DatasetField> fields() {
      return List.of(
          new DatasetField(DatasetField.IMAGE, new Shape(2), -4, 4, List.of()),
          new DatasetField("twin", ValueType.OTHER, new Shape(2), -8, 8, List.of()));
    }

    @Override
    public void draw(RandomGenerator random, Map<String, FloatBuffer> into) {
      float x = (float) random.nextGaussian();
      float y = (float) random.nextGaussian();
      into.get(DatasetField.IMAGE).put(x).put(y);
      into.get("twin").put(2 * x).put(2 * y);
    }
  }

  /** A metric that needs counterparts, and measures how far they are from the samples. */
  private static final class Distance implements Metric {

    @Override
    public void requireCompatible(MetricSubject subject) {
      subject.requireCounterpart();
    }

    @Override
    public int leastSamples(MetricSubject subject) {
      return 50;
    }

    @Override
    public Map<String, Double> evaluate(EvaluationContext context) {
      NDArray real = context.counterparts().orElseThrow();
      return Map.of("distance", (double) context.samples().sub(real).abs().max().getFloat());
    }
  }

  private static void wire(Graph graph, boolean halvesTwins) {
    Signal real = graph.real(DatasetField.IMAGE);
    Signal code = graph.latent("z");
    Network generator =
        graph
            .network("generator", ComponentKind.GENERATOR)
            .takes("latent", code)
            .gives(DatasetField.IMAGE, real);
    Network discriminator =
        graph.network("discriminator", ComponentKind.DISCRIMINATOR).takes(DatasetField.IMAGE, real);
    Signal fake = generator.apply(code).get(DatasetField.IMAGE);
    graph.pair("game", discriminator, Example.of(real), FakeExample.of(fake, generator.player()));
    graph.use("plain", fake);
    if (halvesTwins) {
      graph.use("halved", graph.map("half", twin -> twin.mul(0.5f), graph.real("twin")), real);
    }
  }

  private TrainedRun train(boolean halvesTwins, Metric... metrics) {
    Topology topology = graph -> wire(graph, halvesTwins);
    ComposedRecipe composed =
        TinyRun.composed(
            TinyGame.of(new MeanDifferenceLoss())
                .withDataset(TinyRun.bound(ComponentKind.DATASET, (Dataset) new TwinPoints()))
                .withTopology(TinyRun.bound(ComponentKind.TOPOLOGY, topology)),
            metrics);
    RunFolder folder = TinyRun.train(directory.resolve("run"), composed);
    return TinyRun.reopen(folder, composed);
  }

  @Test
  void figuresOfSeveralUsesBeginWithTheUse() {
    try (TrainedRun run = train(true, TinyRun.constant("share", 1), new Distance())) {
      assertEquals(
          List.of("plain/tried/share", "halved/tried/share", "halved/tried-2/distance"),
          new ArrayList<>(run.evaluate(60).figures().keySet()));
      assertEquals(
          Map.of("halved/tried-2/distance", "too few samples: n < 50"), run.evaluate(40).remarks());
    }
  }

  @Test
  void figuresOfOneUseDoNotNameIt() {
    try (TrainedRun run = train(false, TinyRun.constant("share", 1))) {
      assertEquals(Map.of("tried/share", 1.0), run.evaluate(60).figures());
    }
  }

  @Test
  void counterpartsBelongToTheInputsOfTheSamples() {
    try (TrainedRun run = train(true, new Distance())) {
      assertEquals(0, run.evaluate(300).figures().get("halved/tried/distance"));
    }
  }

  @Test
  void aMetricThatAcceptsNoUseIsRefused() {
    try (TrainedRun run = train(false, new Distance())) {
      assertEquals(
          "metric/tried cannot evaluate this run: it needs a counterpart of each sample, and the"
              + " topology states none for plain",
          assertThrows(RunException.class, () -> run.evaluate(60)).getMessage());
    }
  }
}
